import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from "@mantine/core";
import { dark, face, height, light, radius, space, type } from "./tokens.ts";

/** Mantine wants ten shades of the primary colour; ours has one a scheme, at the shades it will ask for. */
const accent: MantineColorsTuple = [
  light.accentSoft,
  light.accentSoft,
  light.accentSoft,
  light.accentSoft,
  dark.accent,
  light.accent,
  light.accent,
  light.accentHover,
  dark.accent,
  light.accentHover,
];

const letters = (size: keyof typeof type) => `${type[size].size}px`;
const lengths = (step: keyof typeof space) => `${space[step]}px`;

/** Our look on Mantine's behaviour: flat, square-shouldered, quick. Colours arrive through `variables.ts`. */
export const theme = createTheme({
  fontFamily: face.sans,
  fontFamilyMonospace: face.mono,
  primaryColor: "ink",
  colors: { ink: accent },
  primaryShade: { light: 6, dark: 8 },
  white: light.paper,
  black: light.ink,
  defaultRadius: radius,
  radius: {
    xs: `${radius}px`,
    sm: `${radius}px`,
    md: `${radius}px`,
    lg: `${radius}px`,
    xl: `${radius}px`,
  },
  fontSizes: {
    xs: letters("small"),
    sm: letters("base"),
    md: letters("base"),
    lg: letters("large"),
    xl: letters("title"),
  },
  spacing: {
    xs: lengths(1),
    sm: lengths(2),
    md: lengths(4),
    lg: lengths(6),
    xl: lengths(8),
  },
  headings: {
    fontFamily: face.sans,
    fontWeight: "600",
    sizes: {
      h1: { fontSize: letters("title"), lineHeight: "1.4" },
      h2: { fontSize: letters("large"), lineHeight: "1.5" },
      h3: { fontSize: letters("base"), lineHeight: "1.43" },
    },
  },
  shadows: {
    xs: "none",
    sm: "none",
    md: "0 4px 16px rgb(0 0 0 / 14%)",
    lg: "0 8px 32px rgb(0 0 0 / 18%)",
    xl: "0 8px 32px rgb(0 0 0 / 18%)",
  },
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input);
    // Mantine writes white on every filled ground; ours is light in the dark scheme.
    return input.variant === "filled"
      ? { ...resolved, color: "var(--colour-accent-ink)" }
      : resolved;
  },
  cursorType: "pointer",
  respectReducedMotion: true,
  activeClassName: "",
  components: {
    Button: {
      defaultProps: { size: "sm" },
      styles: { label: { fontWeight: 500 } },
      vars: () => ({
        root: { "--button-height": `${height.control}px`, "--button-padding-x": lengths(3) },
      }),
    },
    InputWrapper: { defaultProps: { withAsterisk: false } },
    NumberInput: { defaultProps: { hideControls: true } },
    Input: { vars: () => ({ wrapper: { "--input-height": `${height.control}px` } }) },
    Modal: {
      defaultProps: {
        centered: true,
        shadow: "lg",
        overlayProps: { backgroundOpacity: 0.3 },
        transitionProps: { duration: 100 },
      },
    },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 80 } } },
    Tooltip: {
      defaultProps: {
        openDelay: 300,
        transitionProps: { duration: 80 },
        events: { hover: true, focus: true, touch: true },
      },
    },
  },
});
