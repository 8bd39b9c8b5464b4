import type { ReactNode } from "react";

const sign = (path: string): ReactNode => (
  <svg
    width="16"
    height="16"
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={path} />
  </svg>
);

/** The rail's nouns in the order of the loop, each with the page that it opens. */
export const nouns = [
  { name: "Data", to: "/p/$project/data", sign: sign("M2.5 3.5h11M2.5 8h11M2.5 12.5h7") },
  {
    name: "Agents",
    to: "/p/$project/agents",
    sign: sign("M2.5 4.5h11v7h-6l-3 2.5v-2.5h-2zM5.5 8h5"),
  },
  {
    name: "Jobs",
    to: "/p/$project/jobs",
    sign: sign("M2 8h3l2-4.5 2.5 9 2-4.5H14"),
  },
  { name: "Review", to: "/p/$project/review", sign: sign("M2.5 8.5l3.5 3.5 7.5-8") },
  {
    name: "Assign",
    to: "/p/$project/assignments",
    sign: sign(
      "M5.5 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.5 13.5a4 4 0 0 1 8 0M11 5l1.5 1.5L15 4M11.5 13.5H14",
    ),
  },
] as const;
