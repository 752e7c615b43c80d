import { catalogue } from "../text/catalogue.ts";

export const t = catalogue({
  "rules.add": "Add rule",
  "rule.words": "Rule {at}",
  "rule.title": "Title of rule {at}",
  "rule.title.placeholder": "Untitled rule",
  "rule.more": "More for rule {at}",
  "rule.duplicate": "Duplicate",
  "rule.up": "Move up",
  "rule.down": "Move down",
  "rule.top": "Move to the top",
  "rule.bottom": "Move to the end",
  "rule.delete": "Delete rule",
  "rule.drag": "Move rule {at}",
  "rule.drag.how":
    "Drag it, or press Enter, move by the arrows, and press Enter again. Escape leaves it where it was.",
  "rule.lifted": "Rule {at} lifted. It is at place {place} of {count}.",
  "rule.moved": "Place {place} of {count}.",
  "rule.dropped": "Rule is at place {place} of {count}.",
  "rule.left": "Rule stays at place {place}.",
});
