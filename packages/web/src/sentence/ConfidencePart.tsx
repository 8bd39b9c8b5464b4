import { Button, Group, NumberInput, RangeSlider } from "@mantine/core";
import { type ReactNode, useState } from "react";
import styles from "./ConfidencePart.module.css";
import { Part } from "./Part.tsx";

export interface ConfidencePartProps {
  /** Least confidence, itself included; undefined: 0. */
  readonly from: number | undefined;
  /** Confidence below this; undefined: no bound. */
  readonly below: number | undefined;
  readonly onChange: (bounds: Pick<ConfidencePartProps, "from" | "below">) => void;
  /** Drawn above the slider, for the bounds as they are being moved. */
  readonly distribution?: ((from: number, below: number) => ReactNode) | undefined;
}

const written = (share: number): string => share.toFixed(2).replace(/0$/, "");

/** The part of a sentence that bounds the confidence. */
export function ConfidencePart({ from, below, onChange, distribution }: ConfidencePartProps) {
  const set = from !== undefined || below !== undefined;
  return (
    <Part
      name="Confidence"
      says={set ? `confidence ${written(from ?? 0)}–${written(below ?? 1)}` : "any confidence"}
      set={set}
    >
      {(close) => (
        <Bounds
          from={from}
          below={below}
          distribution={distribution}
          onChange={(bounds) => {
            onChange(bounds);
            close();
          }}
        />
      )}
    </Part>
  );
}

function Bounds({ from, below, onChange, distribution }: ConfidencePartProps) {
  const [[low, high], setRange] = useState<[number, number]>([from ?? 0, below ?? 1]);
  const number = (value: string | number, otherwise: number) =>
    typeof value === "number" ? value : otherwise;
  return (
    <form
      className={styles.bounds}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ from: low > 0 ? low : undefined, below: high < 1 ? high : undefined });
      }}
    >
      {distribution?.(low, high)}
      <RangeSlider
        value={[low, high]}
        onChange={setRange}
        min={0}
        max={1}
        step={0.01}
        minRange={0}
        label={null}
        thumbFromLabel="Least confidence"
        thumbToLabel="Confidence below"
      />
      <Group gap="sm" wrap="nowrap">
        <NumberInput
          label="From"
          value={low}
          onChange={(value) => setRange([Math.min(number(value, 0), high), high])}
          min={0}
          max={1}
          step={0.05}
          decimalScale={3}
        />
        <NumberInput
          label="Below"
          value={high}
          onChange={(value) => setRange([low, Math.max(number(value, 1), low)])}
          min={0}
          max={1}
          step={0.05}
          decimalScale={3}
        />
      </Group>
      <Group gap="sm">
        <Button type="submit">Apply</Button>
        <Button variant="subtle" onClick={() => onChange({ from: undefined, below: undefined })}>
          Any confidence
        </Button>
      </Group>
    </form>
  );
}
