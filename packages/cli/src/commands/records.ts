import { group } from "../command.ts";
import { deleteRecords } from "./records/delete.ts";
import { exportFile } from "./records/export.ts";
import { importFile } from "./records/import.ts";
import { imports, rejections } from "./records/imports.ts";
import { metadata } from "./records/metadata.ts";
import { search } from "./records/search.ts";
import { vectors } from "./records/vectors.ts";

export const records = () =>
  group("records", "import, search, export and delete records")
    .addCommand(importFile())
    .addCommand(imports())
    .addCommand(rejections())
    .addCommand(search())
    .addCommand(vectors())
    .addCommand(metadata())
    .addCommand(exportFile())
    .addCommand(deleteRecords());
