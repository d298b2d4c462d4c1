"""What surrounds the content of a page, recognised by the wording of a line, with the reason.

Belongs here: conventions of web pages and of press releases in English. Not here: anything about one site or document.
When in doubt a line is content: a rule covers a whole short line, never a part of a paragraph.
"""

from __future__ import annotations

import re

from ingest.reading.dates import ANY_DATE, MONTH

LONGEST = 320
"""Characters of the longest line that can be furniture by its wording."""

_CLOCK = r"\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:[ecmp][sd]?t|gmt|utc|local time)\)?)?"
_SKY = r"sunny|cloudy|clear(?: sky)?|overcast|light rain|heavy rain|haze|fog|scattered clouds|broken clouds"
_NETWORK = (
    r"(?:share|tweet|re-?tweet|post|pin(?: it)?|e-?mail|print|facebook|twitter|x|linked ?in|whats ?app|reddit|telegram"
    r"|flipboard|pinterest|instagram|youtube|tumblr|copy (?:the )?link|save|like|bookmark|messenger|rss|more)"
)
_NAME = r"[A-Z][\w.’'-]+"
_AGENCY = r"(?:AP|AFP|Reuters|EPA|Getty(?: Images)?)"
_ROAD = r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Way|Plaza|Square|Highway)\.?"
_LEGAL = r"(?:policy|notice|settings|statement|preferences|of (?:use|service)|(?:and|&) conditions)"
_SEPARATOR = r"\s*[|·•,/-]"
_PUBLISHED = r"(?:originally |first )?(?:published|appeared|posted|released)(?: first| originally)?"

IN_ANY_CASE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("weather", (
        r"-?\d{1,3}(?:\.\d)?\s?°?\s?[fc]\b°?(?:\s*[|,·-]?\s*[a-z ]{0,25})?",
        rf"(?:partly |mostly )?(?:{_SKY})(?:,? ?-?\d{{1,3}}\s?°\s?[fc]?)?",
    )),
    ("site clock", (rf"{ANY_DATE}\s*[|·•]\s*(?:{_CLOCK})?\s*\d*",)),
    ("clock", (rf"(?:{ANY_DATE},?\s*(?:at\s*)?)?{_CLOCK}(?:\s+{ANY_DATE})?",)),
    ("date line", (ANY_DATE, r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}", rf"{MONTH}\s+\d{{4}}")),
    ("date stamp", (
        r"(?:first )?(?:updated|published|posted|last (?:updated|modified|reviewed)|modified|created|date)\b"
        r"(?: on| at|:)*\s[^.]{0,60}\d[^.]{0,40}(?:[ap]\.m\.[^.]{0,40})?",
    )),
    ("counter or page number", (r"(?:page|p\.)?\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", r"[-–—]\s*\d{1,4}\s*[-–—]")),
    ("counter", (
        r"\d[\d,.]*\s?[km]?\s+(?:views?|shares?|likes?|reads?|retweets?|followers?|reactions?)",
        r"\d+\s?-?min(?:ute)?s?\s+read",
    )),
    ("advertisement", (
        r"sponsor(?:ed)?(?: (?:by|content|post|links?))?\s*(?::.*)?",
        r"(?:advert(?:isements?|orial|ising|s)?|ads?|promoted(?: (?:by|content))?|paid (?:content|post))\s*(?::.*)?",
        r"(?:story|article) continues (?:below|after)(?: (?:the |this )?advert\w*)?",
        r"(?:this )?ad(?:vertisement)? (?:has not|will close|closes)\b.*",
    )),
    ("share buttons", (
        r"share (?:this|on|via|to)\b[^.]{0,60}", rf"{_NETWORK}(?:[\s|·,/•]+(?:on )?{_NETWORK})*",
        r"follow (?:us|me|@)\b[^.]{0,60}",
    )),
    ("comments", (
        r"be the first to (?:comment|like|share)\b.*",
        r"(?:\d[\d,]*|no|leave a|add a|post a|write a|(?:view|show)(?: all)?(?: \d+)?)"
        r" (?:comments?|reply|replies|responses?)(?: yet)?(?: \(\d+\))?",
        r"comments?(?: ?\(\d+\)| \d+| (?:are )?(?:closed|off|disabled)\b.*)?",
        r"join the (?:conversation|discussion)\b.{0,40}", r"(?:log|sign) in to (?:comment|reply|leave)\b.{0,40}",
    )),
    ("newsletter call", (
        r"(?:sign ?up|subscribe|register)(?: (?:now|today|here|for|to|with)\b.*|[.!]?)", r"enter your e-?mail\b.*",
        r"get (?:the|our|your)\b.{0,50}(?:newsletter|inbox|alerts?|briefing)\b.*",
        r"(?:download|get) (?:the|our) app\b.*",
        r"donate(?: now| today| here)?[.!]?", r"support (?:our|independent) (?:work|journalism|reporting)\b.*",
    )),
    ("call to click", (
        r"(?:click|tap) (?:here|below|to|on)\b.*", r"see (?:more|also):.*", r"continue reading\b.*", r"learn more[.!]?",
        r"read (?:more|also|next|on|the (?:full|whole|rest of the) (?:story|article))\b.*",
        r"view (?:more|gallery|all)\b.{0,30}", r"watch (?:more|now|live|the video|below)\b.{0,80}",
        r"(?:play|load|listen)(?: (?:video|audio|more|now|to (?:this )?(?:article|story)))?",
    )),
    ("related stories", (
        r"related(?: (?:stories|articles?|posts?|content|news|coverage|topics?|links?|items?))?:?",
        r"recommended(?: (?:for you|stories|reading))?:?", r"trending(?: (?:now|stories))?:?",
        r"you (?:may|might) (?:also )?(?:like|be interested in):?", r"more (?:from|in|on|stories|news)\b[^\d.]{0,60}",
        r"(?:latest|top|popular|recent|other|local|breaking) (?:stories|news|posts|articles|headlines|videos):?",
        r"most (?:read|popular|viewed|shared):?", r"up next:?", r"don.t miss:?", r"in case you missed it:?",
        r"in this (?:story|article):?", r"editor.s picks?:?",
        r"(?:previous|next|older|newer)(?: (?:article|post|story|posts|page))?",
    )),
    ("footer", (
        r"(?:©|\(c\)|copyright\b(?: ©)?)(?=.{0,6}\d{4}|.{0,80}rights reserved| by\b).*",
        r".{0,120}all rights reserved\.?(?: .{0,120})?", r"powered by \w+.{0,30}",
        rf"(?:privacy|cookies?|terms) {_LEGAL}(?:{_SEPARATOR}.*)?", r"accept (?:all )?cookies", r"we use cookies\b.*",
        r"this (?:site|website) uses cookies\b.*",
        r"(?:accessibility|foia|site ?map|contact us|about us|careers|advertise(?: with us)?|help|faqs?|no fear act"
        r"|inspector general|usa\.gov|archives?|disclaimers?|rss feeds?|web ?master|privacy)"
        rf"(?:{_SEPARATOR}\s*[\w .&]{{2,40}})*",
    )),
    ("navigation", (
        r"skip to (?:main )?(?:content|navigation)", r"back to (?:top|main|all|news|list)\b.{0,30}",
        r"(?:open |close |main |toggle |mobile )?(?:menu|navigation|search)", r"home(?:\s*[»>/|›·→]\s*[^.]{1,100})?",
        r"back", r"topics?", r"(?:log|sign) ?(?:in|out|up)(?: / (?:log|sign) ?(?:in|up))?", r"(?:my )?account",
        r"go to (?:top|content)", r"you are here:?.{0,80}", r"tags?:.{0,200}", r"filed under:?.{0,150}",
        r"categor(?:y|ies):.{0,150}", r"close", r"show (?:more|less)", r"(?:expand|collapse)(?: all)?",
    )),
    ("banner of a government site", (
        r"an official web ?site of the\b.{0,80}", r"here.s how you know\b.{0,10}",
        r"official websites use \.\w+.{0,200}",
        r"a \.gov website belongs to\b.{0,150}", r"secure \.\w+ websites use https.{0,200}", r"a lock \(.{0,200}",
        r"share sensitive information only on official.{0,40}",
        r"this is (?:archived|historical) (?:content|material)\b.{0,200}", r"archived content\b.{0,60}",
    )),
    ("release line", (
        r"for (?:immediate|general) release\b[:.]?.{0,80}", r"embargoed (?:until|for)\b.{0,60}",
        r"release date:?.{0,40}",
        r"(?:press|news|media) (?:release|advisory|statement)(?: (?:no|number)\.? ?[\w-]+)?",
        r"(?:press )?release (?:no|number)\.?:? ?[\w-]+", r"\[?(?:begin|end(?: of)?) text\]?",
        r"via (?:teleconference|telephone|zoom)",
    )),
    ("contact", (
        r"(?:for (?:more|further|additional) information,? (?:please )?|media |press |news |public )?contacts?"
        r"(?: information| person| us)?:.{0,200}",
        r"(?:media|press) (?:contacts?|inquir(?:y|ies)|office|relations)\b:?.{0,120}",
        r"(?:tel(?:ephone)?|phone|fax|e-?mail|office|cell|mobile|tty)(?: number)?\s*[.:].{0,80}",
        r"\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?: ?(?:x|ext\.?) ?\d+)?",
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
    )),
    ("quoted post", (rf"[—–-]\s?.{{1,80}}\(@\w{{1,30}}\)\s*(?:{ANY_DATE})?.{{0,20}}",)),
    ("account name", (r"@\w{1,30}(?:\s*[·•|]\s*.{0,40})?",)),
    ("picture credit", (
        r"(?:file )?(?:photos?|image|picture|photograph|illustration|graphic|video)(?: credit)?"
        r"(?: (?:by|courtesy(?: of)?|via|from))?\s*[:/].{0,150}",
        r"(?:photos?(?: credit)? (?:by|courtesy(?: of)?) |(?:photo )?credit:|courtesy(?: of |: )).{0,150}",
        r".{0,200}\((?:file )?photo(?:\)|:| (?:by|courtesy|credit|via)[^()]{0,80}\))",
    )),
    ("original elsewhere", (
        rf"(?:(?:official |this )?(?:article|story|post|content|text|release|news) (?:was )?)?{_PUBLISHED}\b.{{0,60}}"
        r"https?://\S+.{0,10}",
        r"(?:source|original(?: (?:source|article|link|text))?|via|read the original|full text)\b.{0,60}https?://\S+.{0,10}",
        rf"this (?:article|story|post) (?:was )?{_PUBLISHED}\b.{{0,150}}",
    )),
    ("address of a page", (r"(?:https?://|www\.)\S+", r"(?:pic\.twitter\.com|t\.co)/\S+")),
)  # fmt: skip
AS_WRITTEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("place of a site", (rf"\|\s*{_NAME}(?: {_NAME})*,\s?[A-Z]{{2}}",)),
    ("postal address", (
        rf"\d{{1,6}} [A-Z][\w. ]{{2,50}} {_ROAD}(?:,? (?:[NS][EW]\.?|[NS]\.[EW]\.))?"
        r"(?:,? (?:Suite|Room|Ste\.?|Floor|#) ?[\w-]+)?(?:,.{0,80})?",
        rf"(?:{_NAME}[ ,]+){{1,4}}(?:[A-Z]{{2}}|[A-Z]\.[A-Z]\.) \d{{5}}(?:-\d{{4}})?", r"P\.? ?O\.? Box \d+.{0,60}",
    )),
    ("picture credit", (
        rf".{{0,200}}\((?:{_AGENCY}(?:/| Photo)|Getty Images|Shutterstock|iStock)[^()]{{0,80}}\)?",
        rf".{{0,80}}(?:/| via ){_AGENCY}",
    )),
    ("picture label", (r"(?:\w{2,12})?(?:Img|IMG|Image|Photo)\s?:\s?\S.{0,200}",)),
    ("byline", (
        rf"(?:By|BY|by):?\s+(?!\w+ing\b){_NAME}(?:\s+(?:{_NAME}|[A-Z]\.|and|de|la)){{1,6}}(?:,.{{0,60}})?(?:\s*[|·•].{{0,80}})?",
        rf"{_NAME}(?:\s+(?:{_NAME}|[A-Z]\.)){{1,4}},?\s.{{0,50}}\b"
        r"(?i:reporter|correspondent|editor|staff writer|columnist|contributor)",
        r"[A-Z][\w ]{1,40}\s(?i:newsroom|staff(?: report)?|news desk|wire services?)",
    )),
    ("end mark", (r"(?:[#\-–—_*=~.•·\\]\s*){2,}", r"[-–—]\s*30\s*[-–—]", r"[\\|•·–—<>»«*_+-]")),
)  # fmt: skip
MASTHEAD_REASONS = frozenset({"weather", "site clock", "place of a site"})
"""Reasons that stand above a page's title; buttons and advertisements may stand below it as well."""
CLOSING_REASONS = frozenset(
    {"comments", "related stories", "original elsewhere", "footer", "newsletter call", "doubled link"}
)
"""Reasons after which, at the end of a page, nothing but furniture follows."""
SITE_REASONS = (
    MASTHEAD_REASONS
    | CLOSING_REASONS - {"original elsewhere"}
    | {"advertisement", "share buttons", "navigation", "breadcrumbs", "banner of a government site"}
)
"""Reasons that show a page's surroundings were copied with it."""

_REASONS = [name for name, _ in (*IN_ANY_CASE, *AS_WRITTEN)]


def _combined(rules: tuple[tuple[str, tuple[str, ...]], ...], first: int) -> str:
    return "|".join(f"(?P<r{i}>(?:{'|'.join(patterns)})$)" for i, (_, patterns) in enumerate(rules, start=first))


_ANY_CASE = re.compile(_combined(IN_ANY_CASE, 0), re.IGNORECASE)
_WRITTEN = re.compile(_combined(AS_WRITTEN, len(IN_ANY_CASE)))


def reason(line: str) -> str:
    """Why this line (its marks removed, white space single) is furniture; empty where it is content."""
    if not line:
        return "markup"
    if len(line) > LONGEST:
        return ""
    found = _ANY_CASE.match(line) or _WRITTEN.match(line)
    if found is not None and found.lastgroup is not None:
        return _REASONS[int(found.lastgroup[1:])]
    half = len(line) // 2
    if half > 5 and len(line) % 2 == 0 and line[:half] == line[half:]:
        return "doubled link"
    return ""
