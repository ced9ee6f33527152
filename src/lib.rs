//! A client for the Centerfy AI API.
