import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/projects";
const one = `${list}/{projectKey}`;
const values = ["web-shop"];

const flagDefaults = {
  tags: ["web"],
  temporary: false,
  defaultClientSideAvailability: { usingMobileKey: false, usingEnvironmentId: true },
  booleanDefaults: {
    trueDisplayName: "Shown",
    falseDisplayName: "Hidden",
    trueDescription: "",
    falseDescription: "",
    onVariation: 0,
    offVariation: 1,
  },
};

export const shapes: Shapes = async (exchange) => {
  const body = { key: "shapes", name: "Shapes", namingConvention: { case: "kebabCase" } };
  const made = ["shapes"];
  await exchange("get", list);
  await exchange("get", list, { query: "?expand=environments&limit=1&sort=-name" });
  await exchange("get", list, { query: "?filter=query:shop,keys:web-shop" });
  await exchange("post", list, { body, status: 201 });
  await exchange("get", one, { values });
  await exchange("get", one, { values, query: "?expand=environments" });
  await exchange("patch", one, { values: made, body: { name: "Forms", tags: ["a"] } });
  const patch = [{ op: "add", path: "/defaultReleasePipelineKey", value: "slow" }];
  await exchange("patch", one, { values: made, body: patch });

  const defaults = `${one}/flag-defaults`;
  await exchange("get", defaults, { values: made });
  await exchange("put", defaults, { values: made, body: flagDefaults });
  const temporary = [{ op: "replace", path: "/temporary", value: true }];
  await exchange("patch", defaults, { values: made, body: temporary });
  await exchange("delete", one, { values: made, status: 204 });
};
