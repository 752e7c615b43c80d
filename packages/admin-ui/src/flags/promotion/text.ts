import { catalogue } from "../../text/catalogue.ts";

export const t = catalogue({
  "promotion.title": "Compare environments",
  "promotion.flags": "Flags",
  "promotion.what": "The comparison",
  "promotion.from": "From",
  "promotion.to": "To",
  "promotion.swap": "Swap the environments",
  "promotion.count": {
    one: "{count} flag differs",
    other: "{count} flags differ",
  },
  "promotion.none": "Every flag does the same in {from} and {to}.",
  "promotion.same": "Choose two different environments.",
  "promotion.list": "Flags that differ",
  "promotion.in": "In {environment}",
  "promotion.would": "Copying to {environment} would",
  "promotion.select": "Select {flag}",
  "promotion.selectAll": "Select all flags that are shown",
  "promotion.copy": "Copy → {environment}",
  "promotion.copyMany": {
    one: "Copy {count} flag → {environment}",
    other: "Copy {count} flags → {environment}",
  },
  "promotion.copy.what": "Copies make drafts. Nothing is served otherwise until you save them.",
  "promotion.copied": {
    one: "{count} draft is made for {environment}",
    other: "{count} drafts are made for {environment}",
  },
  "promotion.failed": "{flag} could not be copied",
  "promotion.review": "Review draft",
  "promotion.more": "Show more",
  "promotion.back": "All flags",
});
