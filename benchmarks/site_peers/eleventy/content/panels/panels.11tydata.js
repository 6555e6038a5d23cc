export default { layout: "panel.njk", permalink: (data) => `/${data.page.fileSlug}/index.html` };
