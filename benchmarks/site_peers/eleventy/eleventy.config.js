export default function (eleventy) {
  eleventy.addCollection("panels", (all) => all.getFilteredByGlob("content/panels/*.md"));
}
export const config = {
  dir: { input: "content", includes: "_includes", output: "output" },
  markdownTemplateEngine: false, // the text is Markdown and nothing else, as for the others
};
