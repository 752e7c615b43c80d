import type { Json } from "@halyard/evaluation";
import { z } from "zod";

/** Any JSON. What comes from a body or goes into one is nothing else, so it only has to be there. */
export const JsonValue = z.custom<Json>((value) => value !== undefined, "give a value");
