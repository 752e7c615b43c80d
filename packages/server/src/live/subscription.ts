import type { Access } from "../access/route-access.ts";
import { listEnvironments } from "../environments/environment-queries.ts";
import { findProject } from "../projects/project-queries.ts";
import type { Db } from "../storage/database.ts";
import { type Topic, topicNamed } from "./topic.ts";

/** A topic that a page may hear about. */
export interface Subscription {
  readonly topic: Topic;
  /** Keys, by id, of the environments that it is about. */
  readonly environments: ReadonlyMap<string, string>;
}

interface Refusal {
  readonly topic: string;
  readonly message: string;
}

/** What of the topics one may hear about now, and what not. */
export async function subscriptionsTo(
  names: readonly string[],
  { db, access }: { db: Db; access: Access },
): Promise<{ granted: ReadonlyMap<string, Subscription>; refused: readonly Refusal[] }> {
  const granted = new Map<string, Subscription>();
  const refused: Refusal[] = [];
  const environmentsOf = rememberedByProject(db, access);
  for (const name of new Set(names)) {
    const topic = topicNamed(name);
    if (topic === undefined) {
      const message = `there is no topic "${name}"; write such as flag/PROJECT/FLAG`;
      refused.push({ topic: name, message });
      continue;
    }
    const all = await environmentsOf(topic.project);
    const environments = all && about(topic, all);
    if (environments === undefined) {
      refused.push({ topic: name, message: "there is no such project or environment for you" });
    } else granted.set(name, { topic, environments });
  }
  return { granted, refused };
}

/** Undefined where the topic's environment is none of the project's. */
function about(
  topic: Topic,
  all: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined {
  if (!("environment" in topic)) return all;
  const found = [...all].filter(([, key]) => key === topic.environment);
  return found.length === 0 ? undefined : new Map(found);
}

/** The environments of a project, each asked for once; undefined of one that may not be seen. */
function rememberedByProject(
  db: Db,
  access: Access,
): (key: string) => Promise<ReadonlyMap<string, string> | undefined> {
  const known = new Map<string, ReadonlyMap<string, string> | undefined>();
  return async (key) => {
    if (known.has(key)) return known.get(key);
    const isSeen = await access.permits("viewProject", ["proj", key]);
    const project = isSeen ? await findProject(db, key) : undefined;
    const environments =
      project && new Map((await listEnvironments(db, project.id)).map((one) => [one.id, one.key]));
    known.set(key, environments);
    return environments;
  };
}
