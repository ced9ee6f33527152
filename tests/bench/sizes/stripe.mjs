import Stripe from "stripe";

console.log(await new Stripe("key").customers.retrieve("id"));
