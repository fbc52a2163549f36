import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "ruhu-visit";

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
