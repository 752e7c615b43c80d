import { useState } from "react";
import { Card } from "../ui/card.tsx";
import { ChipsField } from "../ui/chips-field.tsx";
import { Checkbox, RadioGroup } from "../ui/choice.tsx";
import { NumberField, SearchField, TextArea, TextField } from "../ui/field.tsx";
import { ComboBox, Select } from "../ui/select.tsx";
import { Switch } from "../ui/switch.tsx";
import { Tabs } from "../ui/tabs.tsx";

const kinds = [
  { id: "string", label: "String", description: "Texts, such as old and new" },
  { id: "boolean", label: "Boolean", description: "True and false" },
  { id: "number", label: "Number", description: "Digits" },
] as const;
type Kind = (typeof kinds)[number]["id"];

export function FieldsOfKit() {
  const [kind, setKind] = useState<Kind>("string");
  const [values, setValues] = useState<readonly string[]>(["DE", "FR"]);
  const [attribute, setAttribute] = useState<string>();
  return (
    <>
      <Card title="Fields">
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField label="Name" description="What people call it" placeholder="Checkout" />
          <TextField label="Key" isMono defaultValue="a b" error="Take letters, digits and -." />
          <NumberField label="Share" defaultValue={25} minValue={0} maxValue={100} />
          <SearchField label="Filter flags" placeholder="Filter" keys="/" />
          <Select label="Kind" choices={kinds} value={kind} onChange={setKind} />
          <ComboBox
            label="Attribute"
            choices={[
              { id: "country", label: "country", description: "94 % of contexts" },
              { id: "plan", label: "plan" },
            ]}
            value={attribute}
            onChange={setAttribute}
            onOther={setAttribute}
          />
          <ChipsField label="Countries" values={values} onChange={setValues} />
          <TextArea label="Comment" rows={2} />
        </div>
      </Card>
      <ChoicesOfKit kind={kind} setKind={setKind} />
    </>
  );
}

function ChoicesOfKit({ kind, setKind }: { kind: Kind; setKind: (kind: Kind) => void }) {
  const [isOn, setOn] = useState(true);
  const [isChosen, setChosen] = useState(false);
  const turn = () => setOn(!isOn);
  return (
    <Card title="Choices">
      <div className="grid gap-4 sm:grid-cols-2">
        <RadioGroup label="Kind of value" choices={kinds} value={kind} onChange={setKind} />
        <div className="space-y-3">
          <Checkbox isSelected={isChosen} onChange={setChosen}>
            Permanent
          </Checkbox>
          <Checkbox isIndeterminate>Some of them</Checkbox>
          <div className="flex gap-3">
            <Switch label="Checkout in staging" isOn={isOn} onPress={turn} />
            <Switch label="Checkout in test" isOn={false} onPress={turn} />
            <Switch label="Checkout in production" isOn isBusy onPress={turn} />
            <Switch label="Checkout in audit" isOn unavailable="Not for you" onPress={turn} />
          </div>
        </div>
      </div>
      <div className="mt-4">
        <Tabs
          label="Parts"
          selected={kind}
          onSelect={setKind}
          tabs={kinds.map(({ id, label }) => ({ id, label }))}
        >
          The panel of {kind}
        </Tabs>
      </div>
    </Card>
  );
}
