import type { AgentDefaults } from "./api.js";

export const agentDefaults: AgentDefaults = {
  name: "",
  voice_id: "Sulafat",
  max_duration: 10,
  temperature: 0.4,
  silence_timeout: 8,
  voice_activity_timeout: 300,
  llm_model: "gpt-4o-mini",
  language: "en-US",
  background_noise: false,
  voicemail_detection: false,
  backcchanneling: false,
  is_active: true,
  webhook: false,
  recording: true,
};
