"""Names of publishers by the address of their site.

Belongs here: authorities whose releases speak of security cooperation. Not here: anything about one document.
"""

from __future__ import annotations

from urllib.parse import urlsplit

BY_DOMAIN = {
    "whitehouse.gov": "The White House",
    "whitehouse.archives.gov": "The White House",
    "bidenwhitehouse.archives.gov": "The White House",
    "trumpwhitehouse.archives.gov": "The White House",
    "obamawhitehouse.archives.gov": "The White House",
    "state.gov": "U.S. Department of State",
    "usembassy.gov": "U.S. Department of State",
    "justice.gov": "U.S. Department of Justice",
    "dhs.gov": "U.S. Department of Homeland Security",
    "cbp.gov": "U.S. Customs and Border Protection",
    "ice.gov": "U.S. Immigration and Customs Enforcement",
    "dea.gov": "Drug Enforcement Administration",
    "atf.gov": "Bureau of Alcohol, Tobacco, Firearms and Explosives",
    "fbi.gov": "Federal Bureau of Investigation",
    "usmarshals.gov": "U.S. Marshals Service",
    "treasury.gov": "U.S. Department of the Treasury",
    "ofac.treasury.gov": "Office of Foreign Assets Control",
    "irs.gov": "Internal Revenue Service",
    "fincen.gov": "Financial Crimes Enforcement Network",
    "defense.gov": "U.S. Department of Defense",
    "northcom.mil": "U.S. Northern Command",
    "uscg.mil": "U.S. Coast Guard",
    "usaid.gov": "U.S. Agency for International Development",
    "gao.gov": "U.S. Government Accountability Office",
    "crsreports.congress.gov": "Congressional Research Service",
    "congress.gov": "U.S. Congress",
    "hidtaprogram.org": "High Intensity Drug Trafficking Areas Program",
    "gob.mx": "Gobierno de México",
    "fgr.org.mx": "Fiscalía General de la República",
    "canada.ca": "Government of Canada",
    "unodc.org": "United Nations Office on Drugs and Crime",
    "oas.org": "Organization of American States",
}


def host_of(url: str) -> str:
    """The host of an address without `www.`; empty where the address is broken."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def publisher_of(url: str) -> str:
    """The publisher whose site an address is on; empty where it is not known."""
    host = host_of(url)
    while host:
        if host in BY_DOMAIN:
            return BY_DOMAIN[host]
        host = host.partition(".")[2]
    return ""
