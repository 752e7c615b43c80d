import { expectSame, type StepDefinition } from "./step.ts";
import { readValue, type World } from "./world.ts";

const standings = ["stable", "not ready", "error", "fatal", "stale"] as const;

/** The steps of the evaluation and metadata features, in either edition. */
export const evaluationSteps: readonly StepDefinition[] = [
  [
    /^an? (.+) provider$/u,
    (world, [name]) => {
      const standing = standings.find((one) => one === name);
      if (standing === undefined) throw new Error(`there are no ${name} providers`);
      return world.start(standing);
    },
  ],
  [
    /^the provider status should be "(.*)"$/u,
    (world, [status]) => expectSame("the status", world.session.status(), status),
  ],
  [
    /^an? (\w+)-flag with key "(.*)" and a fallback value "(.*)"$/u,
    (world, [type = "", key = "", fallback = ""]) => world.ask(type, key, fallback),
  ],
  [
    /^an? (\w+) flag with key "(.*)" is evaluated with (?:details and )?(?:default value|a null default value) ?"?(.*?)"?$/u,
    (world, [type = "", key = "", fallback = ""]) =>
      evaluate(world, type, key, type === "object" ? "null" : fallback),
  ],
  [
    /^a flag with key "(.*)" is evaluated with default value "(.*)"$/u,
    (world, [key = "", fallback = ""]) => evaluate(world, "string", key, fallback),
  ],
  [
    /^a non-existent string flag with key "(.*)" is evaluated with details and a fallback value "(.*)"$/u,
    (world, [key = "", fallback = ""]) => evaluate(world, "string", key, fallback),
  ],
  [
    /^a string flag with key "(.*)" is evaluated as an integer, with details and a fallback value (\d+)$/u,
    (world, [key = "", fallback = ""]) => evaluate(world, "integer", key, fallback),
  ],
  [/^the flag was evaluated with details$/u, (world) => world.evaluate()],
  [
    /^the flag was evaluated with details asynchronously$/u,
    (world) => {
      world.demandAsynchronous();
      return world.evaluate();
    },
  ],
  [
    /^the evaluation should complete without blocking$/u,
    (world) => expectSame("coming back before the answer", world.wasPending, true),
  ],
  [
    /^the resolved details value should be "(.*)"$/u,
    (world, [value = ""]) => expectValue(world, value),
  ],
  [
    /^the resolved (?:boolean|string|integer|float) (?:value|response) should be "?(.*?)"?$/u,
    (world, [value = ""]) => expectValue(world, value),
  ],
  [
    /^the resolved (?:\w+) details value should be "?(.*?)"?, the variant should be "(.*)", and the reason should be "(.*)"$/u,
    (world, [value = "", variant, reason]) => {
      expectValue(world, value);
      expectSame("the variant", world.details.variant, variant);
      expectSame("the reason", world.details.reason, reason);
    },
  ],
  [
    /^the resolved object (?:details )?value should be contain fields "(.*)", "(.*)", and "(.*)", with values "(.*)", "(.*)" and (\d+), respectively$/u,
    (world, [one = "", two = "", three = "", boolean, text, number]) =>
      expectSame("the value", world.details.value, {
        [one]: boolean === "true",
        [two]: text,
        [three]: Number(number),
      }),
  ],
  [
    /^the variant should be "(.*)", and the reason should be "(.*)"$/u,
    (world, [variant, reason]) => {
      expectSame("the variant", world.details.variant, variant);
      expectSame("the reason", world.details.reason, reason);
    },
  ],
  [
    /^the variant should be "([^"]*)"$/u,
    (world, [variant]) => expectSame("the variant", world.details.variant, variant),
  ],
  [
    /^the reason should be "(.*)"$/u,
    (world, [reason]) => expectSame("the reason", world.details.reason, reason),
  ],
  [
    /^the error-code should be "(.*)"$/u,
    (world, [code]) => expectSame("the error code", world.details.errorCode, code),
  ],
  [
    /^the flag key should be "(.*)"$/u,
    (world, [key]) => expectSame("the flag's key", world.details.flagKey, key),
  ],
  [
    /^the default (?:string|integer) value should be returned$/u,
    (world) => expectSame("the value", world.details.value, world.question?.fallback),
  ],
  [
    /^the reason should indicate an error and the error code should indicate a (?:missing flag|type mismatch) with "(.*)"$/u,
    (world, [code]) => {
      expectSame("the reason", world.details.reason, "ERROR");
      expectSame("the error code", world.details.errorCode, code);
    },
  ],
  [
    /^the resolved metadata should contain$/u,
    (world, _, [, ...rows]) => {
      for (const [key = "", type = "", value = ""] of rows) {
        expectSame(
          `the metadata's ${key}`,
          world.details.flagMetadata[key],
          readValue(type, value),
        );
      }
    },
  ],
  [
    /^the resolved metadata is empty$/u,
    (world) => expectSame("the metadata", world.details.flagMetadata, {}),
  ],
  [
    /^the evaluation details should be immutable$/u,
    (world) => expectSame("being frozen", Object.isFrozen(world.details.flagMetadata), true),
  ],
];

async function evaluate(world: World, type: string, key: string, fallback: string): Promise<void> {
  world.ask(type, key, fallback);
  await world.evaluate();
}

function expectValue(world: World, text: string): void {
  expectSame("the value", world.details.value, readValue(world.question?.type ?? "", text));
}
