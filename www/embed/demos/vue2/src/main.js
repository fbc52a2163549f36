import Vue from "vue";
import App from "./App.vue";

Vue.config.ignoredElements = ["ruhu-visit"];
new Vue({ render: (h) => h(App) }).$mount("#app");
