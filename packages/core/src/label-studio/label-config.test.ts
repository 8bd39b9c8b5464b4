import { expect, test } from "vitest";
import { SchemaDocument } from "../schema/schema.ts";
import { labelConfig } from "./label-config.ts";

test("a label config has a control a label, whose aliases are the values that are exported", () => {
  const { labels } = SchemaDocument.parse({
    labels: [
      {
        name: 'tone "of" <voice> & more',
        description: "first line\nsecond",
        options: [
          { value: "pos", text: "positive" },
          { value: "neutral", text: "neutral", description: "neither" },
        ],
      },
      { name: "topics", kind: "multiple", options: [{ value: "a", text: "a" }] },
    ],
  });
  expect(labelConfig(labels)).toBe(
    `<View>
  <Text name="text" value="$text"/>
  <Header value="tone &#34;of&#34; &#60;voice&#62; &#38; more" hint="first line&#10;second"/>
  <Choices name="tone &#34;of&#34; &#60;voice&#62; &#38; more" toName="text" choice="single" showInline="true">
    <Choice value="positive" alias="pos"/>
    <Choice value="neutral" hint="neither"/>
  </Choices>
  <Header value="topics"/>
  <Choices name="topics" toName="text" choice="multiple" showInline="true">
    <Choice value="a"/>
  </Choices>
</View>
`,
  );
});
