/** Commands that well-known packages bring, where a lock file does not say: `package: command…`; without a colon: its own name. */
const rows = `
@angular/cli: ng
@babel/cli: babel
@biomejs/biome: biome
@changesets/cli: changeset
@dotenvx/dotenvx: dotenvx
@expo/cli: expo
@nestjs/cli: nest
@quasar/app-vite: quasar
@react-router/dev: react-router
@remix-run/dev: remix
@rspack/cli: rspack
@rsbuild/core: rsbuild
@sveltejs/kit: svelte-kit
@storybook/cli: storybook sb
@swc/cli: swc
@tailwindcss/cli: tailwindcss
@tsconfig/node20:
@vercel/ncc: ncc
@vue/cli-service: vue-cli-service
@11ty/eleventy: eleventy
@docusaurus/core: docusaurus
@redocly/cli: redocly
astro
autoprefixer
babel-cli: babel
c8
concurrently: concurrently conc
copyfiles: copyfiles copyup
cpx: cpx
cross-env: cross-env cross-env-shell
cross-env-shell
cypress
dotenv-cli: dotenv
drizzle-kit
env-cmd
esbuild
eslint
forever
gatsby
gatsby-cli: gatsby
gulp
gulp-cli: gulp
grunt-cli: grunt
http-server
husky
is-ci
jest
json-server
karma
knex
lerna
less: lessc
lint-staged
lerna
mkdirp
mocha
ncp
next
nodemon
node-gyp
node-sass
npm-check-updates: ncu
npm-run-all: npm-run-all run-s run-p
npm-run-all2: npm-run-all run-s run-p
nuxt: nuxt nuxi
nuxi: nuxi
nx
nyc
only-allow
parcel
patch-package
playwright
pm2
postcss-cli: postcss
prettier
prisma
protobufjs-cli: pbjs pbts
puppeteer
react-app-rewired
react-scripts
@craco/craco: craco
rimraf
rollup
sass
sequelize-cli: sequelize sequelize-cli
serve
shx
simple-git-hooks
stylelint
tailwindcss: tailwindcss tailwind
terser
ts-node: ts-node ts-node-dev
ts-node-dev: ts-node-dev tsnd
tsc-alias
tsup
tsx
turbo
typeorm
typescript: tsc tsserver
uglify-js: uglifyjs
unbuild
vite
vite-node
vitepress
vitest
vue-tsc
wait-on
webpack
webpack-cli: webpack-cli
webpack-dev-server
workbox-cli: workbox
`;

/** The commands of a package; undefined when it is not known whether it has any. */
export function knownBins(name: string): readonly string[] | undefined {
  for (const row of rows.trim().split('\n')) {
    const [known = '', commands] = row.split(':');
    if (known === name)
      return commands === undefined
        ? [name]
        : commands
            .trim()
            .split(' ')
            .filter((one) => one !== '');
  }
  return undefined;
}
