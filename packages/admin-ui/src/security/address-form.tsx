import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { refresh } from "../api/queries.ts";
import { request } from "../api/request.ts";
import { useAttempt } from "../session/attempt.ts";
import { useUnavailable } from "../session/unavailable.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { say } from "../ui/toast.tsx";
import { allowListPath } from "./allowed-address.ts";
import { t } from "./text.ts";

/** One more address; what is wrong with it the server says. */
export function AddressForm() {
  const client = useQueryClient();
  const [ipAddress, setAddress] = useState("");
  const [description, setDescription] = useState("");
  const { attempt, isBusy, problem } = useAttempt();
  const unavailable = useUnavailable("createIpAllowlistEntry", "acct");
  async function send(event: FormEvent) {
    event.preventDefault();
    await attempt(async () => {
      await request("POST", allowListPath, { ipAddress: ipAddress.trim(), description });
      say(t("security.added", { address: ipAddress }));
      setAddress("");
      setDescription("");
      await refresh(client, allowListPath);
    });
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t("security.address")}
          description={t("security.address.words")}
          value={ipAddress}
          onChange={setAddress}
          isMono
          autoComplete="off"
        />
        <TextField
          label={t("security.description")}
          value={description}
          onChange={setDescription}
          maxLength={256}
          autoComplete="off"
        />
      </div>
      {problem !== undefined && (
        <p role="alert" className="mt-3 rounded-md bg-dangerbg p-2 text-danger">
          {problem}
        </p>
      )}
      <Button
        type="submit"
        className="mt-3"
        isPending={isBusy}
        isDisabled={ipAddress.trim() === ""}
        unavailable={unavailable}
      >
        {t("security.add")}
      </Button>
    </form>
  );
}
