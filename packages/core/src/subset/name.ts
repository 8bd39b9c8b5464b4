import { z } from "zod";

/** A subset's name, unique in its project. */
export const SubsetName = z
  .string()
  .max(100)
  .regex(
    /^[^\p{C}\s](?:[^\p{C}]*[^\p{C}\s])?$/u,
    "a subset's name has 1 to 100 characters, none of them a control character and no blank at either end",
  );
