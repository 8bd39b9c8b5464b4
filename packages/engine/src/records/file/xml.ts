import sax from "sax";
import { UnreadableFile } from "./unreadable.ts";

export interface XmlHandlers {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly text?: (piece: string) => void;
  readonly close?: (name: string) => void;
}

/**
 * Reads XML that comes in pieces; each is given to what is returned. Elements are named without their prefixes. No entity but
 * XML's own five is known, so that none expands; whatever is wrong ends in an {@link UnreadableFile}.
 */
export function xmlReader({ open, text, close }: XmlHandlers): (piece: string) => void {
  const parser = sax.parser(true, { position: false });
  const local = (name: string) => name.slice(name.indexOf(":") + 1);
  parser.onerror = ({ message }) => {
    throw new UnreadableFile(
      `is damaged: its XML cannot be read (${message.split("\n")[0] ?? ""})`,
    );
  };
  if (open)
    parser.onopentag = ({ name, attributes }) => {
      const texts = Object.entries(attributes).map(([key, value]) => [key, String(value)] as const);
      open(local(name), Object.fromEntries(texts));
    };
  if (text) {
    parser.ontext = text;
    parser.oncdata = text;
  }
  if (close) parser.onclosetag = (name) => close(local(name));
  return (piece) => {
    parser.write(piece);
  };
}
