import { z } from "zod";
import type { Shapes } from "../rest-exchange.ts";

const list = "/api/v2/projects/{projectKey}/release-pipelines";
const one = `${list}/{pipelineKey}`;
const release = "/api/v2/flags/{projectKey}/{flagKey}/release";
const begun = "/api/v2/projects/{projectKey}/flags/{flagKey}/release";
const inProject = ["web-shop"];
const values = ["web-shop", "shape"];
const ofFlag = ["web-shop", "limits"];
const phases = ["development", "staging"].map((environmentKey) => ({
  name: environmentKey,
  audiences: [{ environmentKey, name: "Everyone" }],
}));

export const shapes: Shapes = async (exchange) => {
  const body = { key: "shape", name: "Shape", phases };
  await exchange("post", list, { values: inProject, body, status: 201 });
  await exchange("get", list, { values: inProject });
  await exchange("put", one, { values, body: { name: "Form", phases } });
  await exchange("get", one, { values });
  const flag = { releasePipelineKey: "shape" };
  const answer = await exchange("put", begun, { values: ofFlag, body: flag });
  const [phase] = z.object({ phases: z.array(z.object({ _id: z.string() })) }).parse(answer).phases;
  await exchange("put", `${begun}/phases/{phaseId}`, {
    values: [...ofFlag, phase?._id ?? ""],
    body: { status: "Started" },
  });
  const completing = [{ op: "replace", path: "/phases/1/complete", value: true }];
  await exchange("patch", release, { values: ofFlag, body: completing });
  await exchange("get", release, { values: ofFlag });
  await exchange("get", `${one}/releases`, { values });
  await exchange("delete", release, { values: ofFlag, status: 204 });
  await exchange("delete", one, { values, status: 204 });
};
