import type { Management } from "../management.ts";

const project = "web-shop";

/** A flag that is on its way in stages, and a template that others begin with. */
export async function seedWorkflows(management: Management): Promise<void> {
  const path = `/api/v2/flags/${project}/search-ranking`;
  const flag = (await management.ask("GET", path)) as {
    readonly variations: readonly { readonly _id: string }[];
  };
  const [popularity = "", semantic = ""] = flag.variations.map(({ _id }) => _id);
  const share = (percent: number) => ({
    kind: "updateFallthroughVariationOrRollout",
    rolloutContextKind: "user",
    rolloutWeights: { [semantic]: percent * 1000, [popularity]: 100_000 - percent * 1000 },
  });
  const later = (days: number) => ({
    kind: "schedule",
    scheduleKind: "relative",
    waitDuration: days,
    waitDurationUnit: "calendarDay",
  });
  const stages = [
    { name: "10% get semantic", action: { instructions: [share(10)] } },
    {
      name: "50% get semantic",
      conditions: [
        later(2),
        { kind: "ld-approval", description: "Half of all searches by the semantic model" },
      ],
      action: { instructions: [share(50)] },
    },
    {
      name: "Everyone gets semantic",
      conditions: [later(3)],
      action: {
        instructions: [{ kind: "updateFallthroughVariationOrRollout", variationId: semantic }],
      },
    },
  ];
  await management.ask(
    "POST",
    `/api/v2/projects/${project}/flags/search-ranking/environments/staging/workflows`,
    {
      name: "Semantic search, gradually",
      description: "Watch the response times of the search service between the steps.",
      stages,
    },
  );
  await management.ask("POST", "/api/v2/templates", {
    key: "approve-and-turn-on",
    name: "Turn on after approval",
    stages: [
      {
        name: "Turn on",
        conditions: [{ kind: "ld-approval", description: "Turn the flag on" }],
        action: { instructions: [{ kind: "turnFlagOn" }] },
      },
    ],
  });
}
