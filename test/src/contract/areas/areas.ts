import type { ContractCase } from "../suite/contract-case.ts";
import { evaluationCases } from "./evaluation.ts";

/** Every case there is. */
export const allCases: readonly ContractCase[] = [...evaluationCases()];
