import type { AccountTables } from "./tables/account-tables.ts";
import type { ChangeTables } from "./tables/change-tables.ts";
import type { CodeTables } from "./tables/code-tables.ts";
import type { DeferredTables } from "./tables/deferred-tables.ts";
import type { DeliveryTables } from "./tables/delivery-tables.ts";
import type { FlagTables } from "./tables/flag-tables.ts";
import type { MemberTables } from "./tables/member-tables.ts";
import type { ProjectTables } from "./tables/project-tables.ts";
import type { SegmentTables } from "./tables/segment-tables.ts";

/** The tables, as Kysely types them. Times are Unix milliseconds; `body` columns hold JSON. */
export interface Tables
  extends AccountTables,
    MemberTables,
    ProjectTables,
    FlagTables,
    SegmentTables,
    DeferredTables,
    ChangeTables,
    DeliveryTables,
    CodeTables {}
