import { catalogue } from "../text/catalogue.ts";
import { formatList } from "../text/format.ts";

const t = catalogue({
  "resource.*": "everything",
  "every.proj": "every project",
  "every.env": "every environment",
  "every.flag": "every flag",
  "every.segment": "every segment",
  "every.member": "every member",
  "every.team": "every team",
  "every.role": "every role",
  "every.token": "every personal token",
  "every.service-token": "every service token",
  "every.webhook": "every webhook",
  "every.integration": "every integration",
  "one.proj": "the project {key}",
  "one.env": "the environment {key}",
  "one.flag": "the flag {key}",
  "one.segment": "the segment {key}",
  "one.member": "the member {key}",
  "one.team": "the team {key}",
  "one.role": "the role {key}",
  "one.token": "the personal token {key}",
  "one.service-token": "the service token {key}",
  "one.webhook": "the webhook {key}",
  "one.integration": "the integration {key}",
  "like.proj": "projects like {key}",
  "like.env": "environments like {key}",
  "like.flag": "flags like {key}",
  "like.segment": "segments like {key}",
  "like.member": "members like {key}",
  "like.team": "teams like {key}",
  "like.role": "roles like {key}",
  "like.token": "personal tokens like {key}",
  "like.service-token": "service tokens like {key}",
  "like.webhook": "webhooks like {key}",
  "like.integration": "integrations like {key}",
  "resource.acct": "the account",
  "resource.tagged": "{what} tagged {tags}",
  "resource.critical": "{what} that is critical",
  "resource.uncritical": "{what} that is not critical",
  "resource.in": "{what} in {where}",
  "resource.of": "{what} of {where}",
});

const kinds = [
  "proj",
  "env",
  "flag",
  "segment",
  "member",
  "team",
  "role",
  "token",
  "service-token",
  "webhook",
  "integration",
] as const;

/** A specifier such as `proj/*:env/*;{critical:true}:flag/*;beta` in words; itself where it cannot be said. */
export function resourceWords(specifier: string): string {
  if (specifier === "*") return t("resource.*");
  const steps = specifier.split(/:(?![^{]*\})/u).map(stepWords);
  if (steps.some((words) => words === undefined)) return specifier;
  const [outer = "", ...inner] = steps.map(String);
  return inner.reduce(
    (where, what, at) =>
      at === inner.length - 1 && inner.length > 1
        ? t("resource.in", { what, where })
        : t("resource.of", { what, where }),
    outer,
  );
}

function stepWords(step: string): string | undefined {
  const [path = "", ...selectors] = step.split(";");
  if (path === "acct") return t("resource.acct");
  const [kind = "", ...rest] = path.split("/");
  const key = rest.join("/");
  const known = kinds.find((one) => one === kind);
  if (known === undefined || key === "") return undefined;
  const tags = selectors.filter((one) => !one.startsWith("{")).flatMap((one) => one.split(","));
  const base =
    key === "*"
      ? t(`every.${known}`)
      : t(`${key.includes("*") ? "like" : "one"}.${known}`, { key });
  const tagged =
    tags.length === 0 ? base : t("resource.tagged", { what: base, tags: formatList(tags) });
  if (selectors.some((one) => /critical"?\s*:\s*true/u.test(one)))
    return t("resource.critical", { what: tagged });
  if (selectors.some((one) => /critical"?\s*:\s*false/u.test(one)))
    return t("resource.uncritical", { what: tagged });
  return tagged;
}
