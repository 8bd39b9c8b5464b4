import { Part } from "../../sentence/Part.tsx";
import { ConditionForm, type ConditionFormProps } from "./add/ConditionForm.tsx";

/** The part of the sentence that adds another condition. */
export function AddPart(props: Omit<ConditionFormProps, "act">) {
  return (
    <Part name="Add a condition" says="and …" set={false}>
      {(close) => (
        <ConditionForm
          {...props}
          act="Narrow the records"
          onAdd={(condition) => {
            close();
            props.onAdd(condition);
          }}
        />
      )}
    </Part>
  );
}
