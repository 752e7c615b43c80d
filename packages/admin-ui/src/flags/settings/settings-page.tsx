import { useReady } from "../../ui/ready.ts";
import { CopiesCard } from "../copies/copies-card.tsx";
import { DangerCard } from "../danger/danger-card.tsx";
import { TriggersCard } from "../triggers/triggers-card.tsx";
import { AvailabilityCard } from "./availability-card.tsx";
import { GeneralCard } from "./general-card.tsx";
import { PeopleCard } from "./people-card.tsx";
import { PropertiesCard } from "./properties-card.tsx";

/** What the flag is as a whole, apart from whom it serves. */
export function SettingsPage() {
  useReady(true);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="grid min-w-0 gap-4">
        <GeneralCard />
        <PropertiesCard />
        <TriggersCard />
      </div>
      <div className="grid min-w-0 gap-4">
        <PeopleCard />
        <AvailabilityCard />
        <CopiesCard />
        <DangerCard />
      </div>
    </div>
  );
}
