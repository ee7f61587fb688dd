"""What a platform can show and do. Ability is asked here, never of a platform's name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    push: bool = True  # may write unasked
    rings: bool = True  # a message there may wake somebody: quiet hours hold; a web page makes no sound
    synchronous: bool = False  # replies travel in the answer to the request; what does not fit waits for the next turn
    edits: bool = True
    bubbles: int = 10  # messages in one answer
    text: int = 4096  # characters in one message
    buttons: int = 40  # buttons under one message
    row: int = 8  # buttons side by side
    columns: int = 39  # letters side by side on a phone 360 px wide, in buttons whose edges take `fit.EDGES` each
    wraps: bool = False  # a label that is too long takes two lines; else it is cut
    label: int = 60  # characters on a button
    quick_replies: int = 0  # buttons under the whole answer, where the platform has them apart from a message's own
    location: bool = True
    contact: bool = True
    links: bool = True
    pictures: bool = False
    tables: bool = False  # rows and columns; else a table is lines
    files: bool = False  # takes files from us
    share: str = ""  # the address that opens its own way to send a link on; {url} and {text} are filled in, quoted
    abroad: bool = False  # its servers are outside Korea: the notice says so


# core.telegram.org/widgets/share#custom-buttons
SHARE = "https://t.me/share/url?url={url}&text={text}"
TELEGRAM = Capabilities(text=4096, buttons=40, label=40, pictures=True, files=True, share=SHARE, abroad=True)
WEB = Capabilities(
    rings=False, text=8000, buttons=60, label=60, wraps=True, contact=False, pictures=True, tables=True, files=True
)
# KakaoTalk channel chatbot: 3 bubbles, 10 quick replies, 14-character labels, 1,000 characters, one HTTP answer in 5 s.
NARROW = Capabilities(
    synchronous=True,
    edits=False,
    bubbles=3,
    text=1000,
    buttons=10,
    row=10,
    columns=1000,
    label=14,
    quick_replies=10,
    location=False,
    contact=False,
)
