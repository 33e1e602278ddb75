import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent colour: a petrol blue that stays readable on white (shade 7, 6.1:1) and, lightened, on dark grey. */
const petrol: MantineColorsTuple = [
  '#eaf6f8',
  '#d6ebef',
  '#aad7df',
  '#7ac1ce',
  '#52aebf',
  '#379fb2',
  '#1f8296',
  '#0f6b7c',
  '#0b5a69',
  '#064854',
];

/** Mantine's red, with filled buttons dark enough for white text (shade 7, 5.6:1). */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#e5534b',
  '#d13a32',
  '#c92a2a',
  '#b42318',
  '#8f1d14',
];

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: 7,
  colors: { petrol, red },
  defaultRadius: 'sm',
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'Segoe UI Mono', 'Liberation Mono', monospace",
  fontSizes: { xs: '0.8125rem', sm: '0.9375rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  headings: {
    fontWeight: '650',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } },
  },
  // What is in one row of a form stands in one line, whether a hint goes with it or not.
  components: { InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } } },
  respectReducedMotion: true,
});

/** The colours that the stylesheet carries; Mantine has more. */
export const usedColors = ['petrol', 'gray', 'dark', 'red', 'yellow', 'green'];
