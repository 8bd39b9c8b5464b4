import { devNull } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countersign } from "./countersign.ts";

/** No data directory can be made there, not even by root: what is wrong is told before anything is opened. */
const nowhere = join(devNull, "countersign");

describe("wrong usage is told on stderr with exit code 2 and leaves stdout empty", () => {
  it.each([
    [["nonsense"], /unknown command 'nonsense'/],
    [["project", "creat", "x"], /Did you mean create/],
    [["project", "create"], /missing required argument 'name'/],
    [["records", "import", "x.csv"], /no file x\.csv/],
    [
      ["records", "import", "x.csv", "--format", "docx"],
      /Allowed choices are csv, tsv, json, jsonl/,
    ],
    [["records", "rejections", "first"], /It is a number/],
    [["records", "import", "absent.csv", "--text", "t", "--project", "p"], /no file absent\.csv/],
    [["records", "search", "--confidence", "low"], /looks like “<0\.8”/],
    [["records", "search", "--status", "done"], /unverified, confirmed, corrected/],
    [["records", "search", "--limit", "0"], /whole number from 1/],
    [["records", "search", "--where", "{"], /no JSON/],
    [["records", "search", "--where", '{"colour": 1}'], /no search condition/],
    [
      ["records", "search", "--unverified", "--status", "confirmed", "--project", "p"],
      /exclude each other/,
    ],
    [
      ["records", "export", "--format", "xml"],
      /Allowed choices are jsonl, csv, parquet, xlsx, label-studio, huggingface/,
    ],
    [["records", "search", "--assigned", "done", "--project", "p"], /go with --assignment NAME/],
    [["assignment", "create", "a", "--project", "p"], /--verify JOB or --own-labels/],
    [["assignment", "create", "a", "--own-labels", "--blind"], /--blind goes with --verify/],
    [["assignment", "release", "a", "--person", "x", "--everybody"], /exclude each other/],
    [["records", "metadata", "set"], /required option '--from <file>'/],
    [["compare"], /--job ID, --of PERSON or --of-model NAME/],
    [["compare", "--job", "1", "--of", "ann"], /--job ID, --of PERSON or --of-model NAME/],
    [["restore", "absent.zip"], /no file absent\.zip/],
    [["schema", "set", "absent.json"], /absent\.json cannot be read/],
    [
      [
        "agent",
        "create",
        "--model",
        "m",
        "--provider",
        "openai",
        "--base-url",
        "http://x/v1",
        "--project",
        "p",
      ],
      /OPENAI_BASE_URL/,
    ],
    [
      ["agent", "create", "--model", "m", "--examples", "absent.json"],
      /absent\.json cannot be read/,
    ],
    [["agent", "create", "--model", "m", "--temperature", "hot"], /It is a number/],
    [
      ["agent", "create", "--model", "m", "--provider", "nobody"],
      /Allowed choices are openai, azure/,
    ],
    [
      ["agent", "create", "--model", "m", "--provider", "google", "--base-url", "http://x"],
      /GOOGLE_GEMINI_BASE_URL/,
    ],
    [["agent", "create", "--model", "m", "--deployment", "d"], /--provider azure/],
    [
      ["agent", "create", "--model", "m", "--provider", "mistral", "--interface", "chat"],
      /--interface goes with/,
    ],
    [["agent", "create", "--model", "m", "--capabilities", "{"], /no JSON/],
    [
      ["agent", "create", "--model", "m", "--capabilities", '{"colour": true}'],
      /no capabilities of a model/,
    ],
    [["job", "show", "first"], /whole number from 1/],
    [["job", "run"], /required option '--agent <agent>' not specified/],
    [["project", "list", "--server", "nowhere"], /is no address/],
    [["project", "list", "--server", "http://x", "--data-dir", "y"], /exclude each other/],
    [["serve", "--port", "70000"], /0 to 65535/],
    [["extract", "--schema", "absent.json", "--label", "x"], /absent\.json cannot be read/],
    [["extract", "--label", "x"], /required option '--schema <file>' not specified/],
    [["simulate", "--port", "1"], /--replies FILE is needed to serve answers/],
  ])("countersign %j", async (words, message) => {
    const finished = await countersign(words, { COUNTERSIGN_DATA_DIR: nowhere });
    expect(finished.stderr).toMatch(message);
    expect(finished.code).toBe(2);
    expect(finished.stdout).toBe("");
  });
});

it("help names every command and shows a first walk", async () => {
  const { code, stdout } = await countersign(["--help"]);
  expect(code).toBe(0);
  for (const name of [
    "demo",
    "serve",
    "worker",
    "project",
    "schema",
    "records",
    "agent",
    "job",
    "compare",
    "extract",
    "simulate",
    "token",
  ])
    expect(stdout).toContain(`  ${name} `);
  expect(stdout).toContain("A first walk");
});

it("a server that does not answer is told with what to do, exit code 1", async () => {
  const { code, stderr } = await countersign(["project", "list", "--server", "http://127.0.0.1:9"]);
  expect(stderr).toMatch(/No answer from the Countersign server/);
  expect(code).toBe(1);
});
