import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "references.title": "In your code",
  "references.what": "The code references",
  "references.count": { one: "{count} place", other: "{count} places" },
  "references.none": "No scanner has found this flag in code.",
  "references.how":
    "Scanners in the format of ld-find-code-refs upload what names a flag. From the root of a repository:",
  "references.scan": "Scan a repository",
  "references.list": "Places in {repository}",
  "references.scanned": "{branch} at {revision}, scanned {when}",
  "references.line": "Line {line} of {path}",
  "references.lineShort": "line {line}",
  "references.also": "also as {names}",
  "extinctions.title": "Taken out of code",
});
