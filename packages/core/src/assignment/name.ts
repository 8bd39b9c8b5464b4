import { z } from "zod";

/** An assignment's name, unique in its project. */
export const AssignmentName = z
  .string()
  .max(100)
  .regex(
    /^[^\p{C}\s/](?:[^\p{C}/]*[^\p{C}\s/])?$/u,
    "an assignment's name has 1 to 100 characters, none of them a slash or a control character, and no blank at either end",
  );

/** Who a token stands for. */
export const PersonName = z.string().min(1).max(100);
