import { catalogue } from "../../text/catalogue.ts";

export const t = catalogue({
  "draft.bar": "Unsaved changes",
  "draft.count": { one: "{count} change", other: "{count} changes" },
  "draft.in": "{changes} in {environment}:",
  "draft.more": { one: "and {count} more", other: "and {count} more" },
  "draft.impact": "gives {changed} of {seen} contexts seen in 24 hours another value",
  "draft.impact.none": "changes the value of none of the {seen} contexts seen in 24 hours",
  "draft.impact.unseen": "no context was seen here in 24 hours",
  "draft.restored": {
    one: "You had {count} unsaved change from {time}.",
    other: "You had {count} unsaved changes from {time}.",
  },
  "draft.continue": "Continue",
  "draft.discard": "Discard",
  "draft.discarded": "The draft is discarded",
  "draft.carried": "{who} changed something else meanwhile; your edit still fits.",
  "draft.review": "Review & save",
  "draft.undo": "Undo the last step of the draft",
  "draft.redo": "Redo the step of the draft",
  "draft.revert": "Take back what was saved last",
  "draft.alsoHere": "also here: {names}",
  "draft.alsoEditing": "{name} is editing {environment}",
  "draft.decide": "Decide",
  "draft.deleted": "The flag has been deleted. Restore it first.",
  "draft.dot": "unsaved changes",
  "draft.undecided": {
    one: "{count} change needs your decision first",
    other: "{count} changes need your decision first",
  },
  "live.changed": "{who} changed {flag}: {words}",
  "live.changed.in": "{who} changed {flag} in {environments}: {words}",
});
