"""The texts of the page itself, by the name under which page and script know them."""

from locales import N_, Translator

WORDS = {
    "name": N_("Dongne Ilgam"),
    "run_by": N_("Run by the {municipality} office · free"),
    "promise": N_("Jobs near your home: we tell you as soon as there is one"),
    "choose": N_("Choose your language to start"),
    "messengers": N_("Or in a messenger you already use"),
    "no_jobs": N_("No open jobs right now. Start the chat, and we tell you when there is one."),
    "all_jobs": N_("See all jobs"),
    "more_jobs": N_("More jobs"),
    "first_page": N_("Back to the first page"),
    "in_chat": N_("Look at this job in the chat"),
    "open_in": N_("Open in {messenger}"),
    "start": N_("Start the chat"),
    "never": N_("Dongne Ilgam never asks for money, bank books, registration numbers or passports."),
    "privacy": N_("Privacy notice"),
    "help_phone": N_("Help by phone: {phone}"),
    "no_script": N_("The chat needs JavaScript. The jobs below can be read without it."),
    "not_found": N_("This page is not here."),
    "skip": N_("Skip to the content"),
    "chat": N_("Chat"),
    "language": N_("Change language"),
    "text_size": N_("Text size: {percent}%"),
    "other": N_("Another resident"),
    "other_close": N_("Close the other resident"),
    "person": N_("Resident {n}"),
    "shared": N_("This is a shared computer: keep nothing after closing"),
    "shared_on": N_("Shared computer: nothing is kept after you close this."),
    "shared_end": N_("Close and erase"),
    "write": N_("You can also write"),
    "send": N_("Send"),
    "attach": N_("Send a file"),
    "unsent_file": N_("The file was not sent. Please try again."),
    "download": N_("Download"),
    "connecting": N_("Connecting…"),
    "offline": N_("No connection. What you write is kept here and sent as soon as it is back."),
    "online": N_("Connected again."),
    "elsewhere": N_("The chat is open in too many windows. Please close some and load this page again."),
    "waiting": N_("Not sent yet"),
    "answering": N_("An answer is on its way…"),
    "slow": N_("That was very fast. It is sent in a moment."),
    "new": N_("New messages: {n}"),
    "jump": N_("To the newest message"),
    "earlier": N_("Earlier messages"),
    "locating": N_("Looking for your place…"),
    "no_location": N_("Your browser did not tell where you are. Please write the name of your neighbourhood."),
    "you": N_("You"),
    "trial": N_("Trial screen"),
    "passing": N_("Your browser keeps nothing on this page: when you close it, the chat and its alerts end."),
    "own_window": N_("Open the chat in its own window"),
    "foreign": N_("This site is not allowed to show the chat."),
    "embed_open": N_("Jobs near home"),
    "embed_close": N_("Close the chat"),
}
MY_PLACE = N_("My location")
LETTER = {"ko": "가", "zh_Hans": "字"}  # the letter on the text size button


def words(t: Translator) -> dict[str, str]:
    """Every text of the page in one language; the script fills in {n} and {percent}."""
    return {name: t.t(msgid) for name, msgid in WORDS.items()}
