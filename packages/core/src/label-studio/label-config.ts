import type { LabelDefinition } from "../schema/schema.ts";

/** The name of the text in a label config, and of the field it shows. */
export const labelStudioText = "text";

/**
 * The labelling interface for Label Studio that fits what is exported for it: a control a label, named as the label is;
 * an option's text is what is shown and its value, the alias, what is stored.
 */
export function labelConfig(labels: readonly LabelDefinition[]): string {
  const controls = labels.flatMap((label) => [
    `  <Header value="${attribute(label.name)}"${label.description === undefined ? "" : ` hint="${attribute(label.description)}"`}/>`,
    `  <Choices name="${attribute(label.name)}" toName="${labelStudioText}" choice="${label.kind === "multiple" ? "multiple" : "single"}" showInline="true">`,
    ...label.options.map(
      ({ value, text, description }) =>
        `    <Choice value="${attribute(text)}"${text === value ? "" : ` alias="${attribute(value)}"`}${description === undefined ? "" : ` hint="${attribute(description)}"`}/>`,
    ),
    "  </Choices>",
  ]);
  return [
    "<View>",
    `  <Text name="${labelStudioText}" value="$${labelStudioText}"/>`,
    ...controls,
    "</View>",
    "",
  ].join("\n");
}

const attribute = (text: string): string =>
  text.replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
