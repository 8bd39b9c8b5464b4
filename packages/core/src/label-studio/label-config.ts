import { ratingOf } from "../schema/scale.ts";
import { type LabelDefinition, optionsOf } from "../schema/schema.ts";

/** The name of the text in a label config, and of the field it shows. */
export const labelStudioText = "text";

/** The name of the control that holds what is said of a span, where that is a number or a text. */
export const spanFactName = (label: string): string => `${label} value`;

/** What a span is called whose label has no options. */
export const anySpan = "passage";

/** Whether Label Studio's stars hold a label: whole numbers from 1. */
export const isStars = (label: LabelDefinition): boolean =>
  ratingOf(label)?.[0] === 1 && "step" in label && label.step === 1;

/**
 * The labelling interface for Label Studio that fits what is exported for it: a control a label, named as the label is;
 * an option's text is what is shown and its value, the alias, what is stored. A ranking is written as a text, “a > b > c”,
 * since Label Studio ranks items of a list and not options.
 */
export function labelConfig(labels: readonly LabelDefinition[]): string {
  const controls = labels.flatMap((label) => [
    `  <Header value="${attribute(label.name)}"${label.description === undefined ? "" : ` hint="${attribute(label.description)}"`}/>`,
    ...(label.level === "span" ? spanControl(label) : recordControl(label)),
  ]);
  return [
    "<View>",
    `  <Text name="${labelStudioText}" value="$${labelStudioText}"/>`,
    ...controls,
    "</View>",
    "",
  ].join("\n");
}

function recordControl(label: LabelDefinition): string[] {
  const named = namedAs(label.name);
  switch (label.kind) {
    case "single":
    case "multiple":
      return [
        `  <Choices ${named} choice="${label.kind}" showInline="true">`,
        ...optionTags("Choice", label),
        "  </Choices>",
      ];
    case "number":
      return isStars(label)
        ? [`  <Rating ${named} maxRating="${label.max}"/>`]
        : [`  <Number ${named}${bounds(label)}/>`];
    case "ranking":
    case "text":
      return [`  <TextArea ${named} maxSubmissions="1" editable="true"/>`];
  }
}

function spanControl(label: LabelDefinition): string[] {
  const fact = `${namedAs(spanFactName(label.name))} perRegion="true"`;
  const options = optionTags("Label", label);
  const tags = options.length > 0 ? options : [`    <Label value="${anySpan}"/>`];
  return [
    `  <Labels ${namedAs(label.name)} choice="${label.kind === "multiple" ? "multiple" : "single"}">`,
    ...tags,
    "  </Labels>",
    ...(label.kind === "number" ? [`  <Number ${fact}${bounds(label)}/>`] : []),
    ...(label.kind === "text" ? [`  <TextArea ${fact} maxSubmissions="1"/>`] : []),
  ];
}

const namedAs = (name: string): string => `name="${attribute(name)}" toName="${labelStudioText}"`;

const bounds = (label: LabelDefinition & { readonly kind: "number" }): string =>
  (["min", "max", "step"] as const)
    .map((name) => (label[name] === undefined ? "" : ` ${name}="${label[name]}"`))
    .join("");

const optionTags = (tag: "Choice" | "Label", label: LabelDefinition): string[] =>
  optionsOf(label).map(
    ({ value, text, description, colour }) =>
      `    <${tag} value="${attribute(text)}"${text === value ? "" : ` alias="${attribute(value)}"`}${description === undefined ? "" : ` hint="${attribute(description)}"`}${tag === "Label" && colour?.startsWith("#") ? ` background="${colour}"` : ""}/>`,
  );

const attribute = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
