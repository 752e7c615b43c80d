import { useState } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { Environment, FeatureFlag } from "../api/representations.ts";
import { Switch } from "../ui/switch.tsx";
import { useFlagSwitch } from "./flag-queries.ts";

export function EnvironmentSwitch(props: {
  readonly project: string;
  readonly flag: FeatureFlag;
  readonly environment: Environment;
}) {
  const { flag, environment } = props;
  const [isAsking, setAsking] = useState(false);
  const change = useFlagSwitch(props.project, flag.key, environment.key);
  const isOn = flag.environments?.[environment.key]?.on === true;
  const verb = isOn ? "Turn off" : "Turn on";
  function act() {
    setAsking(false);
    change.mutate(!isOn);
  }
  return (
    <>
      <Switch
        isOn={isOn}
        isBusy={change.isPending}
        label={`${flag.name} in ${environment.name}`}
        onPress={() => (environment.critical ? setAsking(true) : act())}
      />
      {change.isError && (
        <p role="alert" className="text-xs text-danger">
          {change.error.message}{" "}
          <button type="button" className="underline" onClick={act}>
            Retry
          </button>
        </p>
      )}
      <ModalOverlay
        isOpen={isAsking}
        onOpenChange={setAsking}
        className="fixed inset-0 grid place-items-center bg-black/40 p-4"
      >
        <Modal className="w-full max-w-sm rounded-lg border border-line bg-surface p-4 shadow-lg">
          <Dialog>
            <Heading slot="title" className="text-base font-semibold">
              {verb} {flag.name} in <span className="text-prod">{environment.name}</span>
            </Heading>
            <p className="mt-2 text-ink2">This environment is critical. Apps get it at once.</p>
            <div className="mt-4 flex justify-end gap-2">
              <button type="button" className="h-8 px-3" onClick={() => setAsking(false)}>
                Cancel
              </button>
              <button
                type="button"
                onClick={act}
                className="h-8 rounded-md bg-primary px-3 font-semibold text-onprimary"
              >
                {verb}
              </button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
