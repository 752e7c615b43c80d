import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "home.title": "Home",
  "home.needs": "Needs you",
  "home.needs.none": "Nothing needs you.",
  "home.needs.approval": "Waits for your review",
  "home.needs.failed": "Could not be made at its time: {why}",
  "home.needs.draft": {
    one: "{count} unsaved change of yours in {environment}",
    other: "{count} unsaved changes of yours in {environment}",
  },
  "home.happening": "What just happened",
  "home.happening.all": "Whole log",
  "home.happening.none": "Nothing has happened in this project yet.",
  "home.happening.what": "What just happened",
  "home.mine": "Flags you maintain",
  "home.mine.none": "You maintain no flag. The maintainer of a flag is set in its settings.",
  "home.mine.all": "All flags",
  "home.mine.what": "Your flags",
  "home.sdks": "Connected SDKs",
  "home.sdks.what": "The connected SDKs",
  "home.sdks.none": "none",
  "home.sdks.behind": { one: "{count} behind", other: "{count} behind" },
  "home.sdks.count": "{name} × {count}",
  "home.soon": "Planned next",
  "home.soon.all": "Schedule",
});
