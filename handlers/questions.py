"""What a facility may ask who applied, and the answers to tap: in every language on both sides, so that nothing is translated."""

from dataclasses import dataclass

from locales import N_


@dataclass(frozen=True, slots=True)
class Question:
    """`name` stands in milestones for ever; the place of an answer among `answers`, too: new ones are added at the end."""

    name: str
    asks: str
    answers: tuple[str, ...]


YES, NO, PARTLY = N_("Yes"), N_("No"), N_("Partly")

QUESTIONS = (
    Question("begin", N_("When can you begin?"), (N_("At once"), N_("In a week"), N_("Next month"))),
    Question("days", N_("Can you come on all of the days?"), (YES, PARTLY, NO)),
    Question("korean", N_("How well do you speak Korean?"), (N_("Well"), N_("Everyday things"), N_("A little"))),
    Question("permit", N_("Does your status of residence allow this work?"), (YES, N_("I ask 1345 first"), NO)),
    Question("before", N_("Have you done such work before?"), (YES, N_("Something like it"), NO)),
    Question(
        "way", N_("How long is your way here?"), (N_("Up to 20 minutes"), N_("Up to 40 minutes"), N_("Over 40 minutes"))
    ),
    Question("until", N_("Can you work until the last day?"), (YES, N_("I don’t know yet"), NO)),
    Question("weekend", N_("Could you come on a weekend now and then?"), (YES, N_("Sometimes"), NO)),
    Question("lift", N_("The work has heavy things to carry. Is that all right?"), (YES, N_("Light ones"), NO)),
    Question("papers", N_("Can you bring the papers that the notice names?"), (YES, N_("I need a few days"), NO)),
    Question("call", N_("May we call you?"), (YES, N_("Only write, please"))),
    Question("still", N_("Are you still interested?"), (YES, NO)),
)
BY_NAME = {question.name: question for question in QUESTIONS}


def asked(words: list[str]) -> list[tuple[Question, str]]:
    """What was asked and answered, of an application's milestones in order: each question with its last answer, or none yet."""
    found: dict[str, str] = {}
    for word in words:
        kind, _, rest = word.partition(" ")
        name, _, place = rest.partition(" ")
        question = BY_NAME.get(name)
        if question is None:
            continue
        if kind == "ask":
            found.setdefault(name, "")
        elif kind == "answer" and place.isdecimal() and int(place) < len(question.answers):
            found[name] = question.answers[int(place)]
    return [(BY_NAME[name], answer) for name, answer in found.items()]
