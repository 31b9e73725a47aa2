"""What is a customer worth over the next year? Two purchases after the first, the last in week 30 of 39, 35 a purchase;
10 % a year; a weekly model."""

import loyalty as loy

purchases = loy.BetaGeoModel.from_params(r=0.2425945, alpha=4.4136022, a=0.7929220, b=2.4259068, time_unit="W")
spend = loy.GammaGammaModel.from_params(p=6.25, q=3.74, v=15.44)
customer = {"frequency": [2], "recency": [30.0], "T": [39.0], "monetary_value": [35.0]}
value = purchases.predict(customer, horizon=52, spend_model=spend, discount_rate=0.10, discount_period="year")
print(f"alive {value['p_alive'][0]:.6f}")
print(f"purchases {value['expected_purchases'][0]:.6f} at {value['expected_spend'][0]:.6f}")
print(f"worth {value['clv'][0]:.6f}")
