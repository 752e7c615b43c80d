import { ClipboardPaste, FileUp } from "lucide-react";
import { useState } from "react";
import { type DropItem, DropZone, FileTrigger, Text } from "react-aria-components";
import { Button } from "../ui/button.tsx";
import { TextArea } from "../ui/field.tsx";
import { FormDialog } from "../ui/form-dialog.tsx";
import { t } from "./text.ts";

interface FileChoiceProps {
  readonly onFiles: (files: readonly File[]) => void;
  readonly onText: (text: string) => void;
  readonly unavailable: string | undefined;
}

const accepted = [".json", ".yaml", ".yml", ".gz", "application/json"];

/** Takes files that are dropped or picked, and text that is pasted. */
export function FileChoice({ onFiles, onText, unavailable }: FileChoiceProps) {
  const [isPasting, setPasting] = useState(false);
  async function drop(items: readonly DropItem[]) {
    const files = await Promise.all(
      items.flatMap((item) => (item.kind === "file" ? [item.getFile()] : [])),
    );
    if (files.length > 0) return onFiles(files);
    const [text] = items.flatMap((item) => (item.kind === "text" ? [item] : []));
    if (text !== undefined) onText(await text.getText("text/plain"));
  }
  return (
    <>
      <DropZone
        isDisabled={unavailable !== undefined}
        getDropOperation={() => "copy"}
        onDrop={({ items }) => void drop(items)}
        className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line2 px-4 py-8 text-center data-drop-target:border-link data-drop-target:bg-infobg data-focus-visible:outline-2 data-focus-visible:outline-offset-2 data-focus-visible:outline-link"
      >
        <FileUp size={24} className="text-ink3" aria-hidden />
        <span>
          <Text slot="label" className="block font-medium">
            {t("import.drop")}
          </Text>
          <span className="mt-0.5 block text-[13px] text-ink2">{t("import.drop.words")}</span>
        </span>
        <span className="flex flex-wrap justify-center gap-2">
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={accepted}
            onSelect={(files) => files !== null && onFiles([...files])}
          >
            <Button look="primary" unavailable={unavailable}>
              {t("import.choose")}
            </Button>
          </FileTrigger>
          <Button
            icon={<ClipboardPaste size={14} aria-hidden />}
            unavailable={unavailable}
            onPress={() => setPasting(true)}
          >
            {t("import.paste")}
          </Button>
        </span>
      </DropZone>
      {isPasting && (
        <PasteDialog
          onClose={() => setPasting(false)}
          onText={(text) => {
            setPasting(false);
            onText(text);
          }}
        />
      )}
    </>
  );
}

function PasteDialog(props: {
  readonly onClose: () => void;
  readonly onText: (text: string) => void;
}) {
  const [text, setText] = useState("");
  return (
    <FormDialog
      title={t("import.paste.title")}
      action={t("import.paste.read")}
      size="medium"
      isIdle={text.trim() === ""}
      onClose={props.onClose}
      onSubmit={() => props.onText(text)}
    >
      <TextArea
        label={t("import.paste.label")}
        value={text}
        onChange={setText}
        rows={14}
        isMono
        autoFocus
      />
    </FormDialog>
  );
}
