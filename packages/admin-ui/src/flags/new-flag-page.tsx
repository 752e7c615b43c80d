import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { RequestError, request } from "../api/request.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { useReady } from "../ui/ready.ts";
import { keyFromName } from "./key-from-name.ts";
import { t } from "./text.ts";
import { type FlagKind, flagKinds, type ValueError, variationsFrom } from "./variation-values.ts";

const field = "mt-1 block h-8 w-full rounded-md border border-line2 bg-surface px-2 font-normal";

/** Creates a flag: a name, a key that follows it, and variations, strings first. */
export function NewFlagPage() {
  const { project = "" } = useParams({ strict: false });
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [ownKey, setOwnKey] = useState<string>();
  const [kind, setKind] = useState<FlagKind>("string");
  const [values, setValues] = useState<readonly string[]>(["old", "new"]);
  const [problem, setProblem] = useState<string>();
  const key = ownKey ?? keyFromName(name);
  useReady(true);
  async function create() {
    const variations: object[] | ValueError = variationsFrom(kind, values);
    if ("error" in variations) {
      setProblem(variations.error);
      return;
    }
    try {
      const clientSideAvailability = { usingMobileKey: true, usingEnvironmentId: true };
      await request("POST", `/api/v2/flags/${project}`, {
        key,
        name,
        variations,
        clientSideAvailability,
      });
      await navigate({ to: "/p/$project/flags/$flag/targeting", params: { project, flag: key } });
    } catch (error) {
      setProblem(error instanceof RequestError ? error.message : "The server does not answer.");
    }
  }
  return (
    <form action={create} className="max-w-lg space-y-4">
      <PageHeader
        title={t("flag.create.title")}
        parents={[
          <Link key="flags" to="/p/$project/flags" params={{ project }}>
            {t("flag.list.title")}
          </Link>,
        ]}
      />
      <label className="block font-medium">
        Name
        <input
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          className={field}
        />
      </label>
      <label className="block font-medium">
        Key
        <input
          required
          value={key}
          onChange={(event) => setOwnKey(event.target.value)}
          className={`${field} font-mono`}
        />
      </label>
      <label className="block font-medium">
        Kind
        <select
          value={kind}
          onChange={(event) => setKind(event.target.value as FlagKind)}
          className={field}
        >
          {flagKinds.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {kind !== "boolean" && <Values values={values} onChange={setValues} />}
      {problem !== undefined && (
        <p role="alert" className="rounded-md bg-dangerbg p-2 text-danger">
          {problem}
        </p>
      )}
      <button type="submit" className="h-8 rounded-md bg-primary px-3 font-semibold text-onprimary">
        Create
      </button>
      <p className="text-[13px] text-ink2">
        The flag begins off in every environment: everyone gets the last variation.
      </p>
    </form>
  );
}

function Values(props: {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}) {
  const { values, onChange } = props;
  return (
    <fieldset>
      <legend className="font-medium">Variations</legend>
      {values.map((value, at) => (
        <input
          // biome-ignore lint/suspicious/noArrayIndexKey: a value is known by its place while it is typed.
          key={at}
          required
          aria-label={`Variation ${at + 1}`}
          value={value}
          onChange={(event) => onChange(values.with(at, event.target.value))}
          className={`${field} font-mono`}
        />
      ))}
      <button type="button" onClick={() => onChange([...values, ""])} className="mt-2 text-link">
        Add a variation
      </button>
    </fieldset>
  );
}
