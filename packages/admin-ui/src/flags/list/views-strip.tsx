import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { say } from "../../ui/toast.tsx";
import { t } from "./text.ts";
import {
  builtInViews,
  isBuiltInView,
  keepOwnViews,
  type OwnView,
  ownViews,
  withView,
} from "./views.ts";

interface ViewsStripProps {
  readonly project: string;
  /** The filter that is shown. */
  readonly filter: string;
  /** A view of everybody by its name, or one's own by its filter. */
  readonly onView: (view: { readonly view: string } | { readonly q: string }) => void;
}

const look =
  "h-7 shrink-0 rounded-full border border-transparent px-3 text-[13px] whitespace-nowrap text-ink2 hover:bg-chosen hover:text-ink aria-pressed:border-line aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-ink pointer-coarse:h-11";

/** Filters that are wanted again and again, each a press away. */
export function ViewsStrip({ project, filter, onView }: ViewsStripProps) {
  const [own, setOwn] = useState(() => ownViews(project));
  const [isSaving, setSaving] = useState(false);
  const names = Object.keys(builtInViews).filter(isBuiltInView);
  const isKnown =
    names.some((name) => builtInViews[name] === filter) ||
    own.some((view) => view.filter === filter);
  function keep(views: readonly OwnView[]) {
    setOwn(views);
    keepOwnViews(project, views);
  }
  function remove(view: OwnView) {
    keep(own.filter((one) => one !== view));
    say(t("views.removed", { name: view.name }), () => keep(own));
  }
  return (
    <div className="-mx-1 flex items-center gap-1 overflow-x-auto p-1">
      <fieldset aria-label={t("views.label")} className="flex items-center gap-1">
        <button
          type="button"
          aria-pressed={filter === ""}
          onClick={() => onView({ q: "" })}
          className={look}
        >
          {t("views.all")}
        </button>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={builtInViews[name] === filter}
            onClick={() => onView({ view: name })}
            className={look}
          >
            {t(`views.${name}`)}
          </button>
        ))}
        {own.map((view) => (
          <span key={view.name} className="flex shrink-0 items-center">
            <button
              type="button"
              translate="no"
              title={view.filter}
              aria-pressed={view.filter === filter}
              onClick={() => onView({ q: view.filter })}
              className={look}
            >
              {view.name}
            </button>
            {view.filter === filter && (
              <button
                type="button"
                aria-label={t("views.remove", { name: view.name })}
                onClick={() => remove(view)}
                className="grid size-6 place-items-center rounded text-ink3 hover:text-ink"
              >
                <X size={12} aria-hidden />
              </button>
            )}
          </span>
        ))}
      </fieldset>
      {filter !== "" && !isKnown && (
        <Button look="quiet" className="h-7" onPress={() => setSaving(true)}>
          {t("views.save")}
        </Button>
      )}
      {isSaving && (
        <SaveView
          filter={filter}
          onClose={() => setSaving(false)}
          onSave={(view) => keep(withView(own, view))}
        />
      )}
    </div>
  );
}

function SaveView(props: {
  readonly filter: string;
  readonly onClose: () => void;
  readonly onSave: (view: OwnView) => void;
}) {
  const { filter, onClose, onSave } = props;
  const [name, setName] = useState("");
  function save() {
    onSave({ name: name.trim(), filter });
    onClose();
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("views.save.title")}
      actions={
        <Button look="primary" type="submit" form="save-view" isDisabled={name.trim() === ""}>
          {t("views.save")}
        </Button>
      }
    >
      <form id="save-view" action={save} className="space-y-3">
        <code translate="no" className="block rounded-md bg-sunken p-2 font-mono text-[13px]">
          {filter}
        </code>
        <TextField
          label={t("views.name")}
          description={t("views.kept")}
          value={name}
          onChange={setName}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
