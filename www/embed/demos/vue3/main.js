import { createApp } from "vue";
import { define } from "ruhu/visit";
import App from "./App.vue";

define();
createApp(App).mount("#app");
