"""What tests share: the guards that make a test fail on a bad habit. Never imported by the product."""
