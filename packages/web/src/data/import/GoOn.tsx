import type { Import } from "@countersign/core";
import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import { bytes } from "../../format/number.ts";
import type { Source } from "./source.ts";

export interface GoOnProps {
  readonly import: Import;
  readonly onGoOn: (source: Source) => void;
}

/** Goes on with an import that is not done: the rest of its file is sent, or what is here is looked at again. */
export function GoOn({ import: upload, onGoOn }: GoOnProps) {
  const [other, setOther] = useState<File>();
  const { name, state, size } = upload;
  if (state === "imported" || state === "importing" || size === null) return null;
  if (state !== "receiving")
    return (
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onGoOn({ name, upload })}
        aria-label={`Go on with ${name}`}
      >
        Go on
      </Button>
    );
  const choose = (file: File | null) => {
    if (file?.size === size) onGoOn({ name, file, upload });
    else setOther(file ?? undefined);
  };
  return (
    <>
      <FileButton onChange={choose}>
        {(props) => (
          <Button
            {...props}
            size="compact-sm"
            variant="default"
            aria-label={`Send the rest of ${name}`}
          >
            Send the rest …
          </Button>
        )}
      </FileButton>
      {other && (
        <span role="alert">
          {other.name} has {bytes(other.size)}; the one that was begun has {bytes(size)}. Choose the
          same file, or import the other one above.
        </span>
      )}
    </>
  );
}
