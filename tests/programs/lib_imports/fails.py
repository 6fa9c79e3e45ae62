print("running fails")
raise ValueError("while importing")
