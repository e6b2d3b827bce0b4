using CaseManagement.Workflows.Expressions.JavaScript.Runtime;
using CaseManagement.Workflows.Expressions.JavaScript.Tree;

namespace CaseManagement.Workflows.Expressions.JavaScript.Syntax;

/// <summary>Expressions from the comma down to unary operators; what they are made of is <see cref="OperandParser"/>.</summary>
internal sealed class ExpressionParser(TokenStream tokens, Targets targets, Nesting nesting)
{
    /// <summary>Set right after construction; operands contain expressions again.</summary>
    public required Func<Expression> ParseOperand { get; set; }

    // allowIn: false in the head of a for, where in is not an operator.
    public Expression ParseSequence(bool allowIn = true)
    {
        var first = ParseAssignment(allowIn);
        if (!tokens.Current.Is(","))
        {
            return first;
        }

        var expressions = new List<Expression> { first };
        while (tokens.Accept(","))
        {
            expressions.Add(ParseAssignment(allowIn));
        }

        return new Sequence([.. expressions], first.Offset);
    }

    public Expression ParseAssignment(bool allowIn = true) => nesting.Deeper(() => ParseOneAssignment(allowIn));

    private Expression ParseOneAssignment(bool allowIn)
    {
        var left = ParseConditional(allowIn);
        var token = tokens.Current;
        if (token.Kind != TokenKind.Punctuator || token.Text[^1] != '=' || IsBareArrow(left))
        {
            return left;
        }

        if (token.Text == "=")
        {
            var target = targets.ForAssignment(left);
            tokens.Take();
            return new Assignment(target, left, ParseAssignment(allowIn), left.Offset);
        }

        var operation = token.Text[..^1];
        if (OperatorTable.Logical.TryGetValue(operation, out var logical))
        {
            var target = targets.ForUpdate(left);
            tokens.Take();
            return new LogicalAssignment(logical.Operation, target, ParseAssignment(allowIn), left.Offset);
        }

        // the comparisons <=, >=, == and so on have been taken as operators before this
        if (OperatorTable.Binary.TryGetValue(operation, out var binary))
        {
            var target = targets.ForUpdate(left);
            tokens.Take();
            return new CompoundAssignment(binary.Operation, target, ParseAssignment(allowIn), left.Offset);
        }

        return left;
    }

    private Expression ParseConditional(bool allowIn)
    {
        var test = ParseBinary(0, allowIn);
        if (IsBareArrow(test) || !tokens.Accept("?"))
        {
            return test;
        }

        var then = ParseAssignment();
        tokens.Expect(":");
        return new Conditional(test, then, ParseAssignment(allowIn), test.Offset);
    }

    private Expression ParseBinary(int strongerThan, bool allowIn)
    {
        var left = ParseUnary();
        while (!IsBareArrow(left))
        {
            var token = tokens.Current;
            var text = token.Kind == TokenKind.Punctuator || (allowIn && token.IsWord("in")) ? token.Text : string.Empty;
            if (OperatorTable.Binary.TryGetValue(text, out var binary) && binary.Strength > strongerThan)
            {
                if (text == "**" && left is Unary { IsParenthesised: false })
                {
                    throw tokens.Wrong("A sign before ** needs parentheses");
                }

                tokens.Take();
                var right = ParseRight(text == "**" ? binary.Strength - 1 : binary.Strength, allowIn);
                left = new Binary(binary.Operation, left, right, token.Start);
            }
            else if (OperatorTable.Logical.TryGetValue(text, out var logical) && logical.Strength > strongerThan)
            {
                tokens.Take();
                var right = ParseRight(logical.Strength, allowIn);
                RefuseMixing(logical.Operation, left, token);
                RefuseMixing(logical.Operation, right, token);
                left = new Logical(logical.Operation, left, right, token.Start);
            }
            else
            {
                break;
            }
        }

        if (tokens.Current.IsWord("instanceof"))
        {
            throw tokens.Outside("'instanceof' is", tokens.Current.Start);
        }

        return left;
    }

    private Expression ParseRight(int strength, bool allowIn)
    {
        var right = nesting.Deeper(() => ParseBinary(strength, allowIn));
        return IsBareArrow(right) ? throw tokens.Wrong("An arrow function needs parentheses here", right.Offset) : right;
    }

    private Expression ParseUnary()
    {
        var token = tokens.Current;
        if (token.Kind is TokenKind.Punctuator or TokenKind.Word)
        {
            if (OperatorTable.Unary.TryGetValue(token.Text, out var operation))
            {
                tokens.Take();
                return MakeUnary(operation, nesting.Deeper(ParseUnary), token);
            }

            if (token.Text is "++" or "--")
            {
                tokens.Take();
                var operand = targets.ForUpdate(nesting.Deeper(ParseUnary));
                return new Update(operand, token.Text == "++" ? 1 : -1, isPrefix: true, token.Start);
            }
        }

        var expression = ParseOperand();
        var after = tokens.Current;
        if (after.NewlineBefore || IsBareArrow(expression) || !(after.Is("++") || after.Is("--")))
        {
            return expression;
        }

        var target = targets.ForUpdate(expression);
        tokens.Take();
        return new Update(target, after.Is("++") ? 1 : -1, isPrefix: false, expression.Offset);
    }

    private Expression MakeUnary(UnaryOperator operation, Expression operand, Token token)
    {
        if (IsBareArrow(operand))
        {
            throw tokens.Wrong("An arrow function needs parentheses here", operand.Offset);
        }

        if (operation == UnaryOperator.Delete && operand is not Member)
        {
            throw tokens.Wrong("Only a property can be deleted", token.Start);
        }

        return operation == UnaryOperator.Minus && operand is Literal { Value: double number, IsParenthesised: false }
            && !tokens.Current.Is("**")
                ? new Literal(NumberText.Box(-number), token.Start)
                : new Unary(operation, operand, token.Start);
    }

    private void RefuseMixing(LogicalOperator operation, Expression operand, Token token)
    {
        if (operand is Logical { IsParenthesised: false } other
            && (operation == LogicalOperator.Coalesce) != (other.Operation == LogicalOperator.Coalesce))
        {
            throw tokens.Wrong("?? and && or || need parentheses when mixed", token.Start);
        }
    }

    /// <summary>An arrow function ends where its body ends; nothing can follow it without parentheses.</summary>
    public static bool IsBareArrow(Expression expression) =>
        expression is FunctionNode { IsArrow: true, IsParenthesised: false };
}
