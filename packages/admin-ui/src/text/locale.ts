const asked = new URLSearchParams(location.search).get("locale");

/** With `?locale=pseudo` every text of a catalogue is marked, so that what is not from one shows. */
export const isPseudo = asked === "pseudo" || sessionStorage.getItem("halyard.locale") === "pseudo";
if (asked !== null) sessionStorage.setItem("halyard.locale", asked);

/** How numbers, dates and plurals are written. */
export const locale = "en";
