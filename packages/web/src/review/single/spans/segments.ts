/** As much of a span as it takes to place it. */
export interface Placed {
  readonly start: number;
  readonly end: number;
}

/** A stretch of text over which the same spans lie. */
export interface Segment extends Placed {
  /** Places of the spans in their list. */
  readonly spans: readonly number[];
}

/**
 * Gives each span a lane, so that spans that overlap are drawn one beneath the other: the highest lane that is free where
 * the span begins. Spans stand in the text's order.
 */
export function lanesOf(spans: readonly Placed[]): readonly number[] {
  const ends: number[] = [];
  return spans.map(({ start, end }) => {
    const free = ends.findIndex((taken) => taken <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    return lane;
  });
}

/** Parts a text at every end of a span; the segments are the text again. */
export function segmentsOf(
  length: number,
  spans: readonly Placed[],
  cuts: readonly number[] = [],
): Segment[] {
  const at = new Set([0, length, ...cuts, ...spans.flatMap(({ start, end }) => [start, end])]);
  const places = [...at].filter((place) => place >= 0 && place <= length).sort((a, b) => a - b);
  return places.slice(1).map((end, index) => {
    const start = places[index] ?? 0;
    const over = spans.flatMap((span, place) =>
      span.start <= start && span.end >= end ? [place] : [],
    );
    return { start, end, spans: over };
  });
}
