/** Says what was just done to those who listen; nothing is drawn. */
export function Announcer({ said }: { readonly said: string }) {
  return (
    <p className="spoken" role="status" aria-live="polite">
      {said}
    </p>
  );
}
