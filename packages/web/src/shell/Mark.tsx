/** The sign of the house: a hollow label, and the solid one a person set on it. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect
        x="1.75"
        y="1.75"
        width="12.5"
        height="9.5"
        rx="2.25"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
      <rect x="6" y="8" width="13" height="10.5" rx="2.5" fill="currentColor" />
    </svg>
  );
}
