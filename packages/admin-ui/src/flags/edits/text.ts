import { catalogue } from "../../text/catalogue.ts";

export const t = catalogue({
  "comment.label": "Comment",
  "comment.words": "Why it changes; it stands in the history.",
  "comment.required": "A comment is needed with each change in {environments}.",
  "comment.missing": "Say why it changes.",
  "edit.archived": "The flag is archived. Restore it in its settings first.",
});
